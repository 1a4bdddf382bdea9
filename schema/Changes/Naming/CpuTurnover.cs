using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// The CPUs that came and went between two topologies. Where no mask is known in both (capabilities), those that cells list are there; where these do not
/// all say so either, nobody came or went.
/// </summary>
internal sealed record CpuTurnover(CpuSet Gone, CpuSet Added, CpuSet Offline, CpuSet Online)
{
    public static CpuTurnover Between(HostTopology before, HostTopology after)
    {
        var (gone, added) = Differ(before.Cpus.Present, after.Cpus.Present)
            ?? Differ(before.Cpus.Possible, after.Cpus.Possible)
            ?? Differ(InCells(before), InCells(after))
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

    /// <summary>The CPUs that cells list; null = one of them does not say.</summary>
    public static CpuSet? InCells(HostTopology topology) => topology.Cells is not { } cells || cells.Any(cell => cell.Cpus is null) ? null
        : cells.Aggregate(CpuSet.Empty, (all, cell) => all.Union(cell.Cpus!));

    private static (CpuSet Left, CpuSet Joined)? Differ(CpuSet? before, CpuSet? after) =>
        before is null || after is null ? null : (before.Except(after), after.Except(before));
}
