using System.Globalization;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>Totals of memory that both sides know; a movable share that went the same way went with it.</summary>
internal static class MemoryChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        foreach (var total in differing.Left.Where(part => Is(part, "memoryKiB")).ToList())
        {
            var (was, now) = (KiB(total.Before), KiB(total.After));
            var name = now > was ? ChangeNames.MemoryGrew : ChangeNames.MemoryShrunk;
            var parts = differing.Claim(part => part == total || IsMovableOf(total.Key, part, now > was));
            yield return new TopologyChange(name, $"cell {total.Key}", was, now, parts);
        }
    }

    private static bool IsMovableOf(string cell, TopologyPart part, bool grew) =>
        Is(part, "movableKiB") && part.Key == cell && KiB(part.After) > KiB(part.Before) == grew;

    private static bool Is(TopologyPart part, string field) =>
        part.List == "cells" && part.Field == field && part.IsKnownInBoth;

    private static long KiB(string? json) => long.Parse(json!, CultureInfo.InvariantCulture);
}
