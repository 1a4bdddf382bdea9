namespace NumaHistory.Schema.Topology;

/// <summary>What moves at run time in one cell: online CPUs, total and movable memory in KiB, huge page pools. Null = not known.</summary>
public sealed record CellCapacity(
    int Id,
    CpuSet? OnlineCpus,
    long? MemoryKiB,
    long? MovableKiB,
    IReadOnlyList<PagePool>? Pages);
