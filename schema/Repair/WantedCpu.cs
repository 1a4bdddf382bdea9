namespace NumaHistory.Schema.Repair;

/// <summary>
/// A CPU that a pinning asks for: its number (null = one more that nobody has named), the slot it lies in, the core it shares with
/// others of the same Core, and whether it was isolated. The same CPU in the same slot is one object.
/// </summary>
internal sealed record WantedCpu(int Order, int? Id, int Slot, int Core, bool IsIsolated);
