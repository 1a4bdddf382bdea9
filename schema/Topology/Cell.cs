namespace NumaHistory.Schema.Topology;

/// <summary>
/// A NUMA cell (Linux: node) as a source gives it. Ids may have gaps; a cell may have no CPUs, no memory, or neither; a CPU
/// may be in several cells. Null = not known, empty = known to be none. <c>Pages</c> are huge page pools, never the base page.
/// </summary>
/// <param name="Id">The id the kernel or hypervisor uses.</param>
/// <param name="Cpus">Its CPUs as the source gives them (Linux: cpumap, which holds online CPUs only).</param>
/// <param name="OnlineCpus">Those of them that are online.</param>
/// <param name="MemoryKiB">Total memory in KiB (Linux: MemTotal of the node).</param>
/// <param name="MovableKiB">The share of it in the movable zone, KiB.</param>
/// <param name="Tier">Memory tier: lower is faster.</param>
/// <param name="Pages">Huge page pools by size.</param>
/// <param name="Distances">Distances to cells, by rising cell id.</param>
/// <param name="Access">HMAT access classes.</param>
/// <param name="Caches">Memory-side caches.</param>
/// <param name="Group">Path of the enclosing group of cells, outermost first, as <c>0/1</c>; null = not nested.</param>
public sealed record Cell(
    int Id,
    CpuSet? Cpus = null,
    CpuSet? OnlineCpus = null,
    long? MemoryKiB = null,
    long? MovableKiB = null,
    int? Tier = null,
    IReadOnlyList<PagePool>? Pages = null,
    IReadOnlyList<CellDistance>? Distances = null,
    IReadOnlyList<CellAccess>? Access = null,
    IReadOnlyList<MemorySideCache>? Caches = null,
    string? Group = null);
