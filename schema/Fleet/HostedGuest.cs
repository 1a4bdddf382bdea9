using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// A guest in the cells of the host it is on. Cells = where its vCPUs are pinned and its memory is bound; of one that is neither, where its
/// memory was seen, else all. Spanning = in more than one; floating = some vCPU may run on every CPU of the host; drifted = the kernel does
/// other than the hypervisor was told. MemoryKiB = ordinary memory that is bound, by cell.
/// </summary>
public sealed record HostedGuest(
    string Name, Guid Guest, CpuSet Cells, bool IsSpanning, bool IsFloating, bool IsDrifted, IReadOnlyDictionary<int, long> MemoryKiB)
{
    /// <summary>It is not there yet: somebody decided that it should be, and these cells hold that.</summary>
    public bool IsPlanned { get; init; }
}
