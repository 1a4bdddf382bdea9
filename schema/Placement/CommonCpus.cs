using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Hosts whose cells have CPUs in common (numa=fake): what one guest cell is given is nobody's in the other cells either, so that cells cannot be looked at
/// by themselves. Guest cells are tried one after the other, for a fixed number of steps; a host may be rejected where a cleverer choice of CPUs would fit.
/// </summary>
internal static class CommonCpus
{
    /// <summary>The dedicated CPUs that are in more than one cell.</summary>
    public static CpuSet Of(CellSupply[] supplies)
    {
        var common = CpuSet.Empty;
        for (var i = 1; i < supplies.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (supplies[i].Dedicated.Overlaps(supplies[j].Dedicated))
                {
                    common = common.Union(supplies[i].Dedicated.Intersect(supplies[j].Dedicated));
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
        var free = supplies.Aggregate(new CpuSetBuilder(), (all, cell) => all.AddAll(cell.Dedicated.Except(cell.Used))).Build();
        return new Finding(
            "overlap", Verdict.Broken, "guest", $"{wanted} free dedicated CPUs", $"{free.Count}", [],
            wanted > free.Count ? $"ask for no more than {free.Count} CPUs" : "place it on fewer cells", PlacementCodes.Dimension("overlap"),
            $"{FitWords.Cpus(common)} {FitWords.Is(common)} in more than one cell, and no choice gives every guest cell CPUs of its own: it needs {wanted}, free are {free.Count}");
    }
}
