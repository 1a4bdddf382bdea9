using System.Globalization;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

/// <summary>Values as words of a table.</summary>
internal static class Show
{
    /// <summary><c>15.9GiB</c>, or plain bytes; one word, so that columns can be cut. Null stays not known.</summary>
    public static string? Size(long? sizeKiB, Look look) => sizeKiB switch
    {
        null => null,
        { } size when look.Bytes => ((decimal)size * 1024).ToString(CultureInfo.InvariantCulture),
        { } size => MemorySize.Human(size).Replace(" ", "", StringComparison.Ordinal),
    };

    /// <summary>An instant to the second, in the zone asked for.</summary>
    public static string? Time(DateTimeOffset? at, Look look) =>
        at is { } known ? TimeText.In(known.AddTicks(-(known.Ticks % TimeSpan.TicksPerSecond)), look.Zone) : null;

    /// <summary>The share that is used, <c>37%</c>.</summary>
    public static string? Used(long? totalKiB, long? freeKiB) => (totalKiB, freeKiB) switch
    {
        ({ } total and > 0, { } free) =>
            string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp((total - free) * 100 / total, 0, 100)}%"),
        (0, _) => "",
        _ => null,
    };

    /// <summary><c>10,21</c> in order of the cells; unknown as <c>?</c>.</summary>
    public static string? Distances(IReadOnlyList<CellDistance>? distances) =>
        distances is null ? null : string.Join(',', distances.Select(distance => distance.Distance));

    /// <summary>Huge pages as free/total x size: <c>12/32x2MiB</c>.</summary>
    public static string Pool(long sizeKiB, long? total, long? free) =>
        $"{Number(free)}/{Number(total)}x{MemorySize.Print(sizeKiB)}";

    /// <summary>Huge pages as total x size: <c>32x2MiB</c>.</summary>
    public static string Pool(PagePool pool) => $"{Number(pool.Total)}x{MemorySize.Print(pool.SizeKiB)}";

    /// <summary>A number with as many decimals as it has, two at the most.</summary>
    public static string? Number(double? number) => number?.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Reasons as one short cell of a table: as many of them whole as there is room for.</summary>
    public static string Reason(string? reasons)
    {
        const int most = 160;
        if (reasons is not { Length: > most })
        {
            return reasons ?? "";
        }

        var end = reasons.LastIndexOf("; ", most, StringComparison.Ordinal) is > most / 2 and var whole ? whole : reasons.LastIndexOf(' ', most);
        return $"{reasons[..(end > 0 ? end : most)]} ...";
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
