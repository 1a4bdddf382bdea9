namespace NumaHistory.Schema.Topology;

/// <summary>
/// A device that has a place: address (PCI: <c>0000:3b:00.0</c>), class (<c>network</c>, <c>disk</c>, <c>display</c> ... or the PCI
/// class number as <c>0x0880</c>), the names the system gave it, its driver and its cell. Cell null = not known (the kernel says -1).
/// </summary>
public sealed record Device(string Address, string Class, IReadOnlyList<string> Names, string? Driver, int? Cell);
