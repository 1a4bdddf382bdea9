using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>Cells that appeared or vanished, with their column in the distances of the others.</summary>
internal static class CellChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        foreach (var cell in differing.Left.Where(part => part is { List: "cells", Key: not "", Field: "" }).ToList())
        {
            var parts = differing.Claim(part => part == cell || IsDistanceTo(part, cell.Key));
            var before = differing.Before.Find(cell.Id);
            var after = differing.After.Find(cell.Id);
            yield return cell.After is null
                ? new TopologyChange(
                    ChangeNames.CellGone, $"cell {differing.FirstIdOf(cell.Id)}", Text(before), null, parts)
                : new TopologyChange(ChangeNames.CellAdded, $"cell {cell.Id}", null, Text(after), parts);
        }
    }

    private static bool IsDistanceTo(TopologyPart part, string cell) =>
        part is { List: "cells", Field: "distances" } && part.Sub == cell;

    private static string Text(Cell? cell)
    {
        var cpus = cell?.Cpus is not { } set ? "cpus unknown" : set.IsEmpty ? "no cpus" : $"cpus {set}";
        return cell?.MemoryKiB is { } memory ? $"{cpus}, {memory} KiB" : $"{cpus}, memory unknown";
    }
}
