using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// CPUs that a cell lists as shared and as dedicated. Whoever is given one for himself shares it with nobody, not with shared vCPUs of the same guest
/// either. CPUs that are not shared are given first; where the guest cares for SMT, a cleverer choice may leave more.
/// </summary>
internal static class BothKinds
{
    /// <summary>The CPUs on which the shared vCPUs of a guest cell can run there, once its own are chosen; all where it lacks these.</summary>
    public static CpuSet SharedLeft(Needs needs, CellSupply supply)
    {
        if (!IsMixed(needs, supply) || CellFit.LacksCpus(needs, supply) != Lack.None)
        {
            return supply.Shared;
        }

        var from = Supply(needs, supply);
        var (chosen, _, _, aside) = PinChoice.Of(from, needs);
        return Without(from, needs, chosen, aside);
    }

    /// <summary>Those that are left when these are chosen from a supply.</summary>
    public static CpuSet Without(CellSupply supply, Needs needs, int[] chosen, CpuSet aside) =>
        IsMixed(needs, supply) ? supply.Shared.Except(PinChoice.Taken(supply, needs, chosen)).Except(aside) : supply.Shared;

    /// <summary>The cell with as many of its shared CPUs to be given away as have to be.</summary>
    public static CellSupply Supply(Needs needs, CellSupply supply)
    {
        if (!IsMixed(needs, supply))
        {
            return supply;
        }

        var alone = supply.Dedicated.Except(supply.Shared);
        var missing = Math.Max(0, needs.Cpus - alone.CountExcept(supply.Used));
        var lost = CpuSet.Of(supply.Dedicated.Intersect(supply.Shared).Except(supply.Used).Members().Take(missing));
        var narrow = supply.Giving(alone.Union(lost));
        return CellFit.LacksCpus(needs, narrow) == Lack.None ? narrow : supply;
    }

    private static bool IsMixed(Needs needs, CellSupply supply) => needs.Shared > 0 && needs.Cpus > 0 && supply.Dedicated.Overlaps(supply.Shared);
}
