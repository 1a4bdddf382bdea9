using System.Globalization;

namespace NumaHistory.Schema.Text;

/// <summary>Dates and times of the calendar: RFC 3339, and its shorter forms without seconds, offset or time.</summary>
internal static class CalendarText
{
    private const int DateLength = 10;

    public static DateTimeOffset? TryParse(string text, TimeZoneInfo zone)
    {
        var date = text.AsSpan(0, Math.Min(DateLength, text.Length));
        if (!DateTime.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return null;
        }

        if (text.Length == DateLength)
        {
            return LocalTime.ToInstant(day, zone);
        }

        var rest = text[(DateLength + 1)..];
        var mark = rest.IndexOfAny(['Z', 'z', '+', '-']);
        var clock = Clock(mark < 0 ? rest : rest[..mark].TrimEnd(' '));
        if (text[DateLength] is not ('T' or 't' or ' ') || clock is null)
        {
            return null;
        }

        if (mark < 0)
        {
            return LocalTime.ToInstant(day + clock.Value, zone);
        }

        return Offset(rest[mark..]) is { } offset ? LocalTime.AtOffset(day + clock.Value, offset) : null;
    }

    /// <summary>
    /// HH:MM, with seconds and their fraction if any; second 60 is the next minute, for leap seconds.
    /// </summary>
    public static TimeSpan? Clock(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is not (2 or 3)
            || TwoDigits(parts[0], 23) is not { } hour
            || TwoDigits(parts[1], 59) is not { } minute)
        {
            return null;
        }

        if (parts.Length == 2)
        {
            return new TimeSpan(hour, minute, 0);
        }

        var dot = parts[2].IndexOfAny(['.', ',']);
        var whole = dot < 0 ? parts[2] : parts[2][..dot];
        var fraction = dot < 0 ? 0 : Fraction(parts[2][(dot + 1)..]);
        return TwoDigits(whole, minute == 59 ? 60 : 59) is { } second && fraction is { } ticks
            ? new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(ticks)
            : null;
    }

    private static TimeSpan? Offset(string text)
    {
        if (text is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        var digits = text.Length == 6 && text[3] == ':' ? text.Remove(3, 1) : text;
        if (digits.Length is not (3 or 5) || TwoDigits(digits[1..3], 23) is not { } hours)
        {
            return null;
        }

        return TwoDigits(digits.Length == 3 ? "00" : digits[3..], 59) is { } minutes
            ? new TimeSpan(hours, minutes, 0) * (digits[0] == '-' ? -1 : 1)
            : null;
    }

    private static int? TwoDigits(string text, int max) =>
        text.Length == 2 && text.All(char.IsAsciiDigit) && int.Parse(text, CultureInfo.InvariantCulture) is var number
        && number <= max
            ? number
            : null;

    private static long? Fraction(string digits) =>
        digits.Length > 0 && digits.All(char.IsAsciiDigit)
            ? long.Parse(digits.PadRight(7, '0').AsSpan(0, 7), CultureInfo.InvariantCulture)
            : null;
}
