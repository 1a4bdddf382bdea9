namespace NumaHistory.Schema.Topology;

/// <summary>
/// The facet of a topology that moves at run time: online, isolated, nohz_full and allowed CPUs, memory totals and page pools of
/// the cells. Free memory is no capacity; it is a sample. Fingerprint: <see cref="Fingerprint.Of(HostCapacity)"/>.
/// </summary>
public sealed record HostCapacity(
    CpuSet? Online,
    CpuSet? Isolated,
    CpuSet? NohzFull,
    CpuSet? Allowed,
    IReadOnlyList<CellCapacity>? Cells);
