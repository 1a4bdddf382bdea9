using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>
/// A NUMA cell the guest sees: its vCPUs, memory in KiB, the host cells its memory is bound to (libvirt: memnode) with the mode,
/// and its distances to other guest cells. Mode and Cells null = no binding of its own, the guest's counts.
/// </summary>
public sealed record GuestCell(
    int Id,
    CpuSet? Vcpus,
    long? MemoryKiB,
    MemoryMode? Mode = null,
    CpuSet? Cells = null,
    IReadOnlyList<CellDistance>? Distances = null);
