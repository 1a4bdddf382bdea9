using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// What one host cell has, and what of it is taken. Null = none, or nothing is taken; siblings null = every CPU is a core of its own.
/// </summary>
/// <param name="Id">The id the kernel or hypervisor uses.</param>
/// <param name="SharedCpus">CPUs that shared vCPUs may run on, but for those that somebody has as dedicated ones.</param>
/// <param name="DedicatedCpus">CPUs that may be given to one vCPU each.</param>
/// <param name="UsedDedicatedCpus">Those of them that somebody has.</param>
/// <param name="SharedCpuUsage">How many shared vCPUs are there already.</param>
/// <param name="Siblings">The threads of each core.</param>
/// <param name="MemoryKiB">Total memory, KiB.</param>
/// <param name="MemoryUsedKiB">What is claimed of it, KiB.</param>
/// <param name="Resources">Countable things by name, as many as are free.</param>
/// <param name="Pages">Page pools by size.</param>
/// <param name="Socket">The socket; tells near from far where distances do not.</param>
/// <param name="Distances">Distances to other cells.</param>
public sealed record CellRoom(
    int Id,
    CpuSet? SharedCpus = null,
    CpuSet? DedicatedCpus = null,
    CpuSet? UsedDedicatedCpus = null,
    double? SharedCpuUsage = null,
    IReadOnlyList<CpuSet>? Siblings = null,
    long? MemoryKiB = null,
    long? MemoryUsedKiB = null,
    IReadOnlyDictionary<string, long>? Resources = null,
    IReadOnlyList<PageRoom>? Pages = null,
    int? Socket = null,
    IReadOnlyList<CellDistance>? Distances = null)
{
    /// <summary>The dedicated CPUs that vCPUs may have, where others can be set aside only; null = all.</summary>
    internal CpuSet? VcpuCpus { get; init; }
}
