namespace NumaHistory.Schema.Text;

/// <summary>
/// A row of values as a row of bars, one character each, on a scale that is given or taken from the values.
/// </summary>
public static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string AsciiBlocks = "_.:-=+*#";

    /// <summary>
    /// The bars; a value that is not known is a blank (in ASCII a <c>?</c>), one beyond the scale is at its end. Where
    /// all are equal and no scale is given, the bars are of middle height.
    /// </summary>
    public static string Of(IReadOnlyList<double?> values, double? min = null, double? max = null, bool ascii = false)
    {
        var known = values.Where(IsKnown).Select(value => value ?? 0).ToList();
        var low = min ?? known.DefaultIfEmpty(0).Min();
        var high = max ?? known.DefaultIfEmpty(0).Max();
        var bars = ascii ? AsciiBlocks : Blocks;
        var gap = ascii ? '?' : ' ';
        return string.Concat(values.Select(value => IsKnown(value) ? bars[Level(value ?? 0, low, high)] : gap));
    }

    private static bool IsKnown(double? value) => value is { } number && double.IsFinite(number);

    private static int Level(double value, double low, double high)
    {
        var top = Blocks.Length - 1;
        return high > low ? (int)Math.Round((Math.Clamp(value, low, high) - low) / (high - low) * top) : top / 2;
    }
}
