using System.Globalization;

namespace NumaHistory.Schema.Text;

/// <summary>Instants and ages as both programs print them.</summary>
public static class TimeText
{
    /// <summary>RFC 3339 in UTC, milliseconds only where there are any: <c>2026-05-01T12:00:00Z</c>.</summary>
    public static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The same with microseconds where there are any: recorded times, as exact as the store has them.</summary>
    public static string Micros(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339 in a zone, with its offset then: <c>2026-05-01T14:00:00+02:00</c>; UTC prints as Z.</summary>
    public static string In(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return local.Offset == TimeSpan.Zero
            ? Utc(local)
            : local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// How old something is, in its largest whole unit: <c>12s</c>, <c>3m</c>, <c>2h</c>, <c>4d</c>; 0s when it lies
    /// ahead.
    /// </summary>
    public static string Age(TimeSpan age)
    {
        var (count, unit) = age switch
        {
            { Ticks: <= 0 } => (0, "s"),
            { TotalMinutes: < 1 } => (age.Seconds, "s"),
            { TotalHours: < 1 } => (age.Minutes, "m"),
            { TotalDays: < 1 } => (age.Hours, "h"),
            _ => (age.Days, "d"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }
}
