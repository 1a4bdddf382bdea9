namespace NumaHistory.Schema.Placement;

/// <summary>
/// The guest to be placed: its cells, or, cells null, vCPUs, memory (KiB) and resources that may be split freely over the fewest cells.
/// Cpu is what the vCPUs of a free split are given, null = whichever takes fewer cells.
/// </summary>
public sealed record PlacementGuest(
    IReadOnlyList<CellDemand>? Cells,
    EmulatorPolicy? EmulatorThreads = null,
    int? Vcpus = null,
    long? MemoryKiB = null,
    IReadOnlyDictionary<string, long>? Resources = null,
    CpuKind? Cpu = null);
