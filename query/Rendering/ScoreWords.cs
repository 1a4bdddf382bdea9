using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Rendering;

/// <summary>What a score is made of, in a line that can be checked by hand (help placement).</summary>
internal static class ScoreWords
{
    public static string? Of(ScoreParts? parts) => parts is null ? null : parts.Policy switch
    {
        PlacementPolicy.Closest when parts.Pairs == 0 => "closest, one guest cell",
        PlacementPolicy.Closest => $"closest, 1000 x {parts.Pairs} pairs / {parts.Distance} of distance",
        PlacementPolicy.Pack => $"pack, 100 - 100 x {Mean(parts)}",
        _ => $"spread, 100 x {Mean(parts)}",
    };

    private static string Mean(ScoreParts parts) => "mean of " + string.Join(", ", parts.Cells.Select(cell =>
        $"cell {cell.HostCell}: {Show.Number(cell.CpusLeft)}/{cell.Cpus} CPUs and {cell.MemoryLeftKiB}/{cell.MemoryKiB} KiB left"));
}
