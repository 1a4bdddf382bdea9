using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// Cells found under another id by their content: the same CPUs (over those online in both), or without CPUs the same
/// memory and the same pattern of distances. Content that two cells share, as with numa=fake, tells nothing.
/// </summary>
internal static class RenumberedCells
{
    public static IEnumerable<TopologyChange> Name(HostTopology before, HostTopology after)
    {
        var moves = Moves(before, after);
        var displaced = Displaced(before, moves);
        for (var i = 0; i < moves.Count; i++)
        {
            var (from, to) = moves[i];
            IReadOnlyList<CellMove> all = i == 0 ? [moves[i], .. displaced] : [moves[i]];
            yield return new TopologyChange(ChangeNames.CellRenumbered, $"cell {from}", (long)from, (long)to, all, []);
        }
    }

    private static List<CellMove> Moves(HostTopology before, HostTopology after)
    {
        if (before.Cells is null || after.Cells is null || !Distinct(before.Cells) || !Distinct(after.Cells))
        {
            return [];
        }

        var stayed = OnlineInBoth(before, after);
        var was = ByContent(before.Cells, stayed);
        var now = ByContent(after.Cells, stayed);
        return
        [
            .. was.Where(pair => now.TryGetValue(pair.Key, out var id) && id != pair.Value)
                .Select(pair => new CellMove(pair.Value, now[pair.Key]))
                .OrderBy(move => move.From),
        ];
    }

    // A cell that did not move but whose id was taken gets an id that was freed, so that ids stay distinct; it is gone
    // anyway.
    private static IEnumerable<CellMove> Displaced(HostTopology before, List<CellMove> moves)
    {
        var froms = moves.Select(move => move.From).ToHashSet();
        var freed = froms.Except(moves.Select(move => move.To)).Order().ToList();
        var taken = moves.Select(move => move.To)
            .Where(id => !froms.Contains(id) && before.Find(id) is not null)
            .Order();
        return taken.Zip(freed, (id, free) => new CellMove(id, free));
    }

    private static Dictionary<string, int> ByContent(IReadOnlyList<Cell> cells, CpuSet? stayed) =>
        cells.Select(cell => (cell.Id, Content: Content(cell, stayed)))
            .Where(cell => cell.Content is not null)
            .GroupBy(cell => cell.Content!)
            .Where(same => same.Count() == 1)
            .ToDictionary(same => same.Key, same => same.Single().Id);

    private static string? Content(Cell cell, CpuSet? stayed)
    {
        if (cell.Cpus is { IsEmpty: false } cpus)
        {
            var known = stayed is null ? cpus : cpus.Intersect(stayed);
            return known.IsEmpty ? null : $"cpus {known}";
        }

        var distances = (cell.Distances ?? []).Select(distance => distance.Distance).Order();
        return cell is { Cpus: not null, MemoryKiB: > 0 }
            ? $"memory {cell.MemoryKiB} tier {cell.Tier} distances {string.Join(',', distances)}"
            : null;
    }

    private static CpuSet? OnlineInBoth(HostTopology before, HostTopology after) =>
        CpuTurnover.OnlineOf(before) is { } was && CpuTurnover.OnlineOf(after) is { } now ? was.Intersect(now) : null;

    private static bool Distinct(IReadOnlyList<Cell> cells) => cells.DistinctBy(cell => cell.Id).Count() == cells.Count;
}
