using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// What the topology says of a cell to whoever places guests. Online CPUs null = not known; usable are those that guests may have. Placeable: used
/// without being named. Memory in KiB, all of it (null = not known) and what pools hold.
/// </summary>
public sealed record CellFrame(
    int Id, CpuSet? Online, CpuSet Usable, bool IsPlaceable, long? MemoryKiB, long PoolsKiB, IReadOnlyList<PagePool> Pools);
