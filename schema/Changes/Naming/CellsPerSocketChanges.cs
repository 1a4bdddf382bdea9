using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// Sockets that were cut into another number of cells (nodes per socket, sub-NUMA clustering, fake nodes): CPUs that stayed are in other cells,
/// and the memory of the cells that came or went is still there. Otherwise a cell was lost, or added.
/// </summary>
internal static class CellsPerSocketChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var (before, after) = (new Sockets(differing.Before), new Sockets(differing.After));
        var alike = before.Ids
            .Select(socket => (Socket: socket, Cpus: before.CpusOf(socket).Intersect(after.CpusOf(socket))))
            .Where(one => !one.Cpus.IsEmpty)
            .GroupBy(one => (Was: Manner(before, one.Cpus), Now: Manner(after, one.Cpus)))
            .Where(group => group.Key.Was != group.Key.Now)
            .ToList();
        foreach (var group in alike)
        {
            var cpus = group.Aggregate(CpuSet.Empty, (all, one) => all.Union(one.Cpus));
            var (was, now) = (before.CellsOf(cpus), after.CellsOf(cpus));
            var parts = IsCut(differing, was, now, cpus) ? Claim(differing, cpus, [.. was.Select(cell => cell.Id)]) : [];
            if (parts.Count > 0)
            {
                yield return new TopologyChange(
                    ChangeNames.CellsPerSocketChanged,
                    group.Count() == before.Ids.Count() ? "host" : $"socket {CpuSet.Of(group.Select(one => one.Socket))}",
                    $"{group.Key.Was}, {Cells(was, differing.FirstIdOf)}",
                    $"{group.Key.Now}, {Cells(now, id => id)}",
                    parts);
            }
        }
    }

    private static bool IsCut(Differing differing, IReadOnlyList<Cell> was, IReadOnlyList<Cell> now, CpuSet cpus)
    {
        if (was.Count == 0 || now.Count == 0)
        {
            return false;
        }

        List<Cell> turned =
        [
            .. was.Where(cell => differing.After.Find(cell.Id) is null), .. now.Where(cell => differing.Before.Find(cell.Id) is null),
        ];
        var moved = was.Any(cell => !cell.Cpus!.Intersect(cpus).Equals(now.FirstOrDefault(other => other.Id == cell.Id)?.Cpus?.Intersect(cpus)))
            || now.Any(cell => was.All(other => other.Id != cell.Id));
        return moved && (Sum(was) is not { } old || Sum(now) is not { } sum || Sum(turned) is null
            || turned.Count == 0 || Math.Abs(old - sum) * 4 < turned.Max(cell => cell.MemoryKiB) * 3);
    }

    // Where all of the CPUs are in each new cell none of them moved: the columns of distances came with the cells.
    private static IReadOnlyList<TopologyPart> Claim(Differing differing, CpuSet cpus, HashSet<int> cells)
    {
        var moved = differing.Claim(part =>
            part is { List: "cells", Field: "cpus" or "onlineCpus", Sub: not "" } && cpus.Contains(int.Parse(part.Sub, CultureInfo.InvariantCulture)));
        return moved.Count > 0 ? moved
            : differing.Claim(part => part is { List: "cells", Field: "distances", Sub: not "" } && cells.Contains(part.Id));
    }

    private static string Manner(Sockets sockets, CpuSet cpus)
    {
        var cells = sockets.CellsOf(cpus);
        return cells is [{ Cpus: { } all }] && sockets.CountOf(all) is > 1 and var several ? $"1 cell for {several} sockets"
            : cells.Count == 1 ? "1 cell per socket" : $"{cells.Count} cells per socket";
    }

    private static string Cells(IReadOnlyList<Cell> cells, Func<int, int> idOf) =>
        $"cell{(cells.Count == 1 ? "" : "s")} {CpuSet.Of(cells.Select(cell => idOf(cell.Id)))}";

    private static long? Sum(IReadOnlyList<Cell> cells) => cells.All(cell => cell.MemoryKiB is not null) ? cells.Sum(cell => cell.MemoryKiB) : null;
}
