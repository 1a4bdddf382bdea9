namespace NumaHistory.Schema.Repair;

/// <summary>
/// A host cell that a pinning relies on, by the number it had when the pinning was made. Part = the guest cell that has it to
/// itself, null where they may share it. Memory alone may come from a cell without CPUs.
/// </summary>
internal sealed record Slot(int? Part, int Cell, bool HasCpus);
