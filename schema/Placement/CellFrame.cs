using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// What the topology says of a cell to whoever places guests. Online CPUs null = not known; usable are those that guests may have. Placeable: used
/// without being named. Memory in KiB, all of it and what is outside of pools, null = not known.
/// </summary>
public sealed record CellFrame(
    int Id, CpuSet? Online, CpuSet Usable, bool IsPlaceable, long? MemoryKiB, long? OrdinaryKiB, IReadOnlyList<PagePool> Pools);
