using System.Globalization;
using System.Text.Json.Nodes;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>Pools of huge pages that hold other numbers of pages, one change a cell.</summary>
internal static class PageChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        foreach (var cell in differing.Claim(IsPool).GroupBy(part => part.Key))
        {
            yield return new TopologyChange(
                ChangeNames.PagesChanged,
                $"cell {cell.Key}",
                string.Join(", ", cell.Select(part => Text(part, part.Before))),
                string.Join(", ", cell.Select(part => Text(part, part.After))),
                cell.ToList())
            {
                Note = PageMoves.Text([.. cell.Select(part => (long.Parse(part.Sub, CultureInfo.InvariantCulture), Total(part.After) - Total(part.Before)))]),
            };
        }
    }

    private static bool IsPool(TopologyPart part) =>
        part is { List: "cells", Field: "pages", Sub: not "" } && IsTold(part.Before) && IsTold(part.After);

    private static bool IsTold(string? pool) => pool is null || JsonNode.Parse(pool)!["total"] is not null;

    private static long Total(string? pool) => pool is null ? 0 : JsonNode.Parse(pool)!["total"]!.GetValue<long>();

    private static string Text(TopologyPart part, string? pool) =>
        $"{part.Sub} KiB: {(pool is null ? "none" : JsonNode.Parse(pool)!["total"]!.ToString())}";
}
