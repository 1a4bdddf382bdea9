using System.Text.Json.Nodes;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>Cells that lie in another group of cells than before, one change a cell.</summary>
internal static class GroupChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing) =>
        differing.Claim(part => part is { List: "cells", Field: "group" })
            .Select(part => new TopologyChange(
                ChangeNames.GroupChanged, $"cell {part.Key}", Path(part.Before), Path(part.After), [part]));

    private static string Path(string? json) =>
        json is null || JsonNode.Parse(json) is not { } path ? "in no group" : $"in group {path}";
}
