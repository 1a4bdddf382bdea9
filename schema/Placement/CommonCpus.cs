using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Hosts whose cells have CPUs in common (numa=fake): what one guest cell is given is nobody's in the other cells either, and shared vCPUs there run on the same
/// CPUs, so that cells cannot be looked at by themselves. Guest cells are tried one after the other, for a fixed number of steps; a host may be rejected where a cleverer choice of CPUs would fit.
/// </summary>
internal static class CommonCpus
{
    /// <summary>The CPUs that are in more than one cell, of the kinds that the guest asks for.</summary>
    public static CpuSet Of(Needs[] needs, CellSupply[] supplies)
    {
        var (own, shared) = (Array.Exists(needs, one => one.Cpus > 0), Array.Exists(needs, one => one.Shared > 0));
        var common = CpuSet.Empty;
        CpuSet[] cpus = [.. supplies.Select(cell => own && shared ? cell.Dedicated.Union(cell.Shared) : own ? cell.Dedicated : shared ? cell.Shared : CpuSet.Empty)];
        for (var i = 1; i < supplies.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (cpus[i].Overlaps(cpus[j]))
                {
                    common = common.Union(cpus[i].Intersect(cpus[j]));
                }
            }
        }

        return common;
    }

    public static PlacementAnswer Place(PlacementRequest request, Needs[] needs, CellSupply[] supplies, Lack[] lacks, CellCost cost, CpuSet common)
    {
        if (SharedCells.Place(needs, request.Host.Cells, request.Limits, cost, request.AllowSharedCells) is { } found)
        {
            return Placer.Fits(request, found.Cells, cost.Parts(needs, supplies, found.Places));
        }

        var places = Matching.Find(lacks, needs.Length, supplies.Length);
        return Placer.Rejected(
            request,
            Array.IndexOf(places, -1) >= 0 ? Reasons.Of(needs, supplies, lacks, places, request.Limits, request.AllowSharedCells) : [Short(needs, supplies, common)]);
    }

    private static Finding Short(Needs[] needs, CellSupply[] supplies, CpuSet common)
    {
        var wanted = needs.Sum(one => one.Cpus);
        var free = Union(supplies.Select(cell => cell.Dedicated.Except(cell.Used)));
        var (vcpus, shared) = (needs.Sum(one => one.Shared), Union(supplies.Select(cell => cell.Shared)));
        if (wanted == 0)
        {
            return new Finding(
                "overcommit", Verdict.Degraded, "guest", $"{vcpus} shared CPUs", $"{shared.Count}", [],
                vcpus > shared.Count ? $"ask for no more than {shared.Count} vCPUs" : "place it on fewer cells", PlacementCodes.Dimension("overcommit"),
                $"{FitWords.Cpus(common)} {FitWords.Is(common)} in more than one cell, and the guest would run on them several times: it needs {vcpus} shared CPUs, there are {shared.Count}");
        }

        return new Finding(
            "overlap", Verdict.Broken, "guest", $"{wanted} free dedicated CPUs", $"{free.Count}", [],
            wanted > free.Count ? $"ask for no more than {free.Count} CPUs" : "place it on fewer cells", PlacementCodes.Dimension("overlap"),
            $"{FitWords.Cpus(common)} {FitWords.Is(common)} in more than one cell, and no choice gives every guest cell CPUs of its own: it needs {wanted}, free are {free.Count}");
    }

    private static CpuSet Union(IEnumerable<CpuSet> sets) => sets.Aggregate(new CpuSetBuilder(), (all, cpus) => all.AddAll(cpus)).Build();
}
