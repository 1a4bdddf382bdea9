using System.Text.Json.Nodes;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>Distances that differ between cells that are in both topologies, one change a row.</summary>
internal static class DistanceChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var rows = differing.Claim(part => part is { List: "cells", Field: "distances", Sub: not "" });
        foreach (var row in rows.GroupBy(part => part.Key))
        {
            yield return new TopologyChange(
                ChangeNames.DistancesChanged,
                $"cell {row.Key}",
                string.Join(", ", row.Select(part => Text(part, part.Before))),
                string.Join(", ", row.Select(part => Text(part, part.After))),
                row.ToList());
        }
    }

    private static string Text(TopologyPart part, string? distance) =>
        $"to {part.Sub}: {(distance is null ? "none" : JsonNode.Parse(distance)!["distance"]!.ToString())}";
}
