using System.Globalization;
using System.Text;

namespace NumaHistory.Schema.Text;

/// <summary>
/// Spans of time as a person writes them: <c>10s</c>, <c>1h30m</c>, <c>2 hours</c>, ISO 8601 <c>PT10S</c>, <c>P2W</c>.
/// Months and years have no fixed length and are no duration; neither is a number without a unit.
/// </summary>
public static class Duration
{
    /// <summary>The span, zero or longer, or null when the text is none.</summary>
    public static TimeSpan? TryParse(string text) => DurationReader.TryRead(text.Trim());

    /// <summary>Like <see cref="TryParse"/>
    public static TimeSpan Parse(string option, string text, TimeSpan min, TimeSpan max)
    {
        if (TryParse(text) is not { } span)
        {
            throw new Refusal(
                ExitCode.Usage, $"{option}: '{text}' is not a duration; write it like 10s, 1h30m or PT10S");
        }

        return span >= min && span <= max
            ? span
            : throw new Refusal(
                ExitCode.Usage, $"{option}: {Print(span)} is not between {Print(min)} and {Print(max)}");
    }

    /// <summary>The canonical form, longest units first: <c>1h30m</c>, <c>1d12h</c>, <c>1.5s</c>, <c>0s</c>.</summary>
    public static string Print(TimeSpan span)
    {
        var text = new StringBuilder(span < TimeSpan.Zero ? "-" : "");
        Append(text, Math.Abs(span.Days), "d");
        Append(text, Math.Abs(span.Hours), "h");
        Append(text, Math.Abs(span.Minutes), "m");
        Append(text, Math.Abs(span.Ticks % TimeSpan.TicksPerMinute) / (decimal)TimeSpan.TicksPerSecond, "s");
        return span == TimeSpan.Zero ? "0s" : text.ToString();
    }

    private static void Append(StringBuilder text, decimal count, string unit)
    {
        if (count != 0)
        {
            text.Append(count.ToString("0.#######", CultureInfo.InvariantCulture)).Append(unit);
        }
    }
}
