using System.Globalization;

namespace NumaHistory.Schema.Text;

/// <summary>The forms of TIME that are instants: words, relative, unix and calendar.</summary>
internal static class InstantText
{
    // the end of the year 9999
    private const decimal LastSecond = 253_402_300_799.9999999m;

    public static DateTimeOffset? TryParse(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        try
        {
            return text.StartsWith('@')
                ? Unix(text.AsSpan(1))
                : Word(text.ToLowerInvariant(), now, zone) ?? Ago(text, now) ?? CalendarText.TryParse(text, zone);
        }
        catch (ArgumentOutOfRangeException)
        {
            // before the year 1 or after 9999
            return null;
        }
    }

    private static DateTimeOffset? Word(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var space = text.IndexOf(' ');
        var (word, clock) = space < 0 ? (text, null) : (text[..space], text[space..].TrimStart());
        if (word == "now")
        {
            return clock is null ? now : null;
        }

        if (word is not ("today" or "yesterday"))
        {
            return null;
        }

        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var day = word == "today" ? today : today.AddDays(-1);
        return CalendarText.Clock(clock ?? "00:00") is { } time ? LocalTime.ToInstant(day + time, zone) : null;
    }

    private static DateTimeOffset? Ago(string text, DateTimeOffset now)
    {
        if (text.StartsWith('-'))
        {
            return Duration.TryParse(text[1..]) is { } back ? now - back : null;
        }

        return text.EndsWith(" ago", StringComparison.OrdinalIgnoreCase) && Duration.TryParse(text[..^4]) is { } ago
            ? now - ago
            : null;
    }

    private static DateTimeOffset? Unix(ReadOnlySpan<char> text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds) > LastSecond)
        {
            return null;
        }

        return DateTimeOffset.UnixEpoch.AddTicks((long)decimal.Floor(seconds * TimeSpan.TicksPerSecond));
    }
}
