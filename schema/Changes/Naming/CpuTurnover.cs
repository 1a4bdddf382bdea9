using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// The CPUs that came and went between two topologies. Where a mask is not known in both, nobody came or went.
/// </summary>
internal sealed record CpuTurnover(CpuSet Gone, CpuSet Added, CpuSet Offline, CpuSet Online)
{
    public static CpuTurnover Between(HostTopology before, HostTopology after)
    {
        var (gone, added) = Differ(before.Cpus.Present, after.Cpus.Present)
            ?? Differ(before.Cpus.Possible, after.Cpus.Possible)
            ?? (CpuSet.Empty, CpuSet.Empty);
        var (left, joined) = Differ(OnlineOf(before), OnlineOf(after)) ?? (CpuSet.Empty, CpuSet.Empty);
        return new CpuTurnover(gone, added, left.Except(gone), joined.Except(added));
    }

    /// <summary>The online CPUs of a topology; null = not known.</summary>
    public static CpuSet? OnlineOf(HostTopology topology)
    {
        if (topology.Cpus.Online is not null || topology.Cells is null)
        {
            return topology.Cpus.Online;
        }

        var perCell = topology.Cells.Select(cell => cell.OnlineCpus).ToList();
        return perCell.Contains(null) ? null : perCell.Aggregate(CpuSet.Empty, (all, cpus) => all.Union(cpus!));
    }

    private static (CpuSet Left, CpuSet Joined)? Differ(CpuSet? before, CpuSet? after) =>
        before is null || after is null ? null : (before.Except(after), after.Except(before));
}
