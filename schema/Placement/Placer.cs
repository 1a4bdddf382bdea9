using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Whether a guest fits on a host, where best, and else every reason why not (CLI.md, PlacementProblem). Each guest cell is compared with
/// each host cell once; whether an assignment exists is a matching, which one is best a bounded search.
/// </summary>
public static class Placer
{
    /// <summary>The answer for one host: one candidate, the best, or the host with its findings.</summary>
    public static PlacementAnswer Place(PlacementRequest request)
    {
        if (request.Guest.Cells is null)
        {
            return FreeSplit.Place(request);
        }

        var needs = Needs.Of(request.Guest);
        var rooms = request.Host.Cells;
        var supplies = new CellSupply[rooms.Count];
        for (var i = 0; i < supplies.Length; i++)
        {
            supplies[i] = new CellSupply(rooms[i]);
        }

        var lacks = Compare(needs, supplies, request.Limits);
        var cost = new CellCost(request.Policy ?? PlacementPolicy.Closest, rooms);
        if (needs.Length > 1 && CommonCpus.Of(needs, supplies) is { IsEmpty: false } common)
        {
            return CommonCpus.Place(request, needs, supplies, lacks, cost, common);
        }

        var places = Matching.Find(lacks, needs.Length, supplies.Length);
        if (Array.IndexOf(places, -1) < 0)
        {
            places = Assignment.Best(needs, supplies, lacks, cost, places);
            return Fits(request, Placed(needs, supplies, places), cost.Parts(needs, supplies, places));
        }

        if (request.AllowSharedCells && SharedCells.Place(needs, rooms, request.Limits, cost) is { } shared)
        {
            return Fits(request, shared.Cells, cost.Parts(needs, supplies, shared.Places));
        }

        return Rejected(request, Reasons.Of(needs, supplies, lacks, places, request.Limits, request.AllowSharedCells));
    }

    internal static PlacementAnswer Fits(PlacementRequest request, IReadOnlyList<PlacedCell> cells, ScoreParts parts) => new(
        true, [new PlacedCandidate(request.Host.Name, cells, parts.Score) { ScoreParts = parts }], []);

    internal static PlacementAnswer Rejected(PlacementRequest request, IReadOnlyList<Finding> findings) =>
        new(false, [], [new RejectedHost(request.Host.Name, findings)]);

    internal static PlacedCell Placed(Needs needs, CellSupply supply, out CpuSet taken)
    {
        var from = BothKinds.Supply(needs, supply);
        var (chosen, emulator, reserved, aside) = PinChoice.Of(from, needs);
        taken = aside;
        var pins = Pins(needs, BothKinds.Without(from, needs, chosen, aside), chosen);
        return new PlacedCell(needs.Demand.Id, supply.Room.Id, pins, emulator, reserved, CellFit.PageSize(needs, supply), needs.Demand.MemoryKiB);
    }

    private static Lack[] Compare(Needs[] needs, CellSupply[] supplies, PlacementLimits? limits)
    {
        var lacks = new Lack[needs.Length * supplies.Length];
        for (var i = 0; i < lacks.Length; i++)
        {
            lacks[i] = CellFit.Lacks(needs[i / supplies.Length], supplies[i % supplies.Length], limits);
        }

        return lacks;
    }

    private static PlacedCell[] Placed(Needs[] needs, CellSupply[] supplies, int[] places)
    {
        var cells = new PlacedCell[needs.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Placed(needs[i], supplies[places[i]], out _);
        }

        return cells;
    }

    private static VcpuPin[] Pins(Needs needs, CpuSet sharedCpus, int[] chosen)
    {
        var (shared, dedicated) = (needs.Demand.SharedVcpus ?? CpuSet.Empty, needs.Demand.DedicatedVcpus ?? CpuSet.Empty);
        var pins = new VcpuPin[needs.Shared + needs.Dedicated];
        var (i, next) = (0, 0);
        for (var (left, right) = (shared.From(0), dedicated.From(0)); left >= 0 || right >= 0;)
        {
            if (right < 0 || (left >= 0 && left < right))
            {
                pins[i++] = new VcpuPin(left, sharedCpus);
                left = shared.From(left + 1);
            }
            else
            {
                pins[i++] = new VcpuPin(right, CpuSet.Single(chosen[next++]));
                right = dedicated.From(right + 1);
            }
        }

        return pins;
    }
}
