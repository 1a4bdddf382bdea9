using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// A guest without cells of its own: split over the fewest host cells that have enough together, of these the closest. As for the scheduler of Kubernetes
/// every cell chosen has whatever is asked for, though maybe none of it left: then it gives the rest alone.
/// </summary>
internal static class FreeSplit
{
    public static PlacementAnswer Place(PlacementRequest request)
    {
        // An emulator's own CPU is a dedicated one.
        CpuKind[] kinds = request.Guest.Cpu is { } kind ? [kind]
            : request.Guest.EmulatorThreads == EmulatorPolicy.Isolate ? [CpuKind.Dedicated]
            : [CpuKind.Shared, CpuKind.Dedicated];
        var cost = new CellCost(PlacementPolicy.Closest, request.Host.Cells);
        (SplitRoom Room, int[] Cells, long Distance)? best = null;
        foreach (var room in kinds.Select(one => new SplitRoom(request, one)))
        {
            if (SplitSearch.Find(room, cost) is { } found
                && (best is not { } other || found.Cells.Length < other.Cells.Length
                    || (found.Cells.Length == other.Cells.Length && found.Distance < other.Distance)))
            {
                best = (room, found.Cells, found.Distance);
            }
        }

        return best is { } chosen ? Answer(request, chosen.Room, chosen.Cells, cost) : Placer.Rejected(request, Why(request, kinds));
    }

    private static PlacementAnswer Answer(PlacementRequest request, SplitRoom room, int[] chosen, CellCost cost)
    {
        var vcpus = Spread(room.Wanted[0], chosen, host => room.Cpus[host]);
        var emulator = room.HasEmulator ? Array.IndexOf(vcpus, vcpus.Max()) : -1;
        var memory = Spread(request.Guest.MemoryKiB ?? 0, chosen, host => room.MemoryKiB[host]);
        var cells = new PlacedCell[chosen.Length];
        var needs = new Needs[chosen.Length];
        var first = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var count = (int)vcpus[i] - (i == emulator ? 1 : 0);
            var these = count == 0 ? CpuSet.Empty : CpuSet.Range(first, first + count - 1);
            first += count;
            needs[i] = new Needs(
                new CellDemand(
                    i, room.Kind == CpuKind.Shared ? these : null, room.Kind == CpuKind.Dedicated ? these : null, memory[i]),
                hasEmulator: i == emulator);
            cells[i] = Placer.Placed(needs[i], room.Supplies[chosen[i]], out _);
        }

        return Placer.Fits(request, cells, cost.Parts(needs, room.Supplies, chosen));
    }

    // Evenly as far as each cell has it: the smallest cells are given their share first.
    private static long[] Spread(long amount, int[] cells, Func<int, long> room)
    {
        var shares = new long[cells.Length];
        var left = cells.Length;
        foreach (var i in Enumerable.Range(0, cells.Length).OrderBy(i => room(cells[i])).ThenByDescending(i => i))
        {
            shares[i] = Math.Min(room(cells[i]), amount / left);
            amount -= shares[i];
            left--;
        }

        return shares;
    }

    private static List<Finding> Why(PlacementRequest request, IReadOnlyList<CpuKind> kinds)
    {
        var rooms = kinds.Select(kind => new SplitRoom(request, kind)).ToList();
        var room = rooms.MaxBy(one => one.Cpus.Sum())!;
        var findings = new List<Finding>();
        foreach (var (code, name, need, has) in room.Totals())
        {
            if (has < need)
            {
                findings.Add(new Finding(
                    code, Verdict.Broken, "guest", Show(name, need), Show(name, has), [],
                    $"free {Show(name, need - has)} on {request.Host.Name}", PlacementCodes.Dimension(code),
                    $"the guest needs {Show(name, need)}; all cells together have {Show(name, has)}{(code == "overlap" ? " free" : "")}"));
            }
        }

        if (findings.Count == 0)
        {
            findings.Add(new Finding(
                "vnuma-mismatch", Verdict.Broken, "guest", null, null, [], "give the guest cells of its own, of which some may do without", PlacementCodes.Dimension("vnuma-mismatch"),
                "all cells together have enough, but not those that have all that is asked for"));
        }

        return findings;
    }

    private static string Show(string name, long amount) =>
        name == "memory" ? FitWords.Size(amount) : amount == 1 && name.EndsWith("CPUs", StringComparison.Ordinal) ? $"1 {name[..^1]}" : $"{amount} {name}";
}
