using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Arguments;

internal static class Zones
{
    public static TimeZoneInfo Parse(string? text)
    {
        if (text is null || text.Equals("utc", StringComparison.OrdinalIgnoreCase))
        {
            return TimeZoneInfo.Utc;
        }

        if (text.Equals("local", StringComparison.OrdinalIgnoreCase))
        {
            return TimeZoneInfo.Local;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
            ? zone
            : throw new Refusal(
                ExitCode.Usage,
                $"--tz: '{Cleaned.Text(text)}' is not a time zone; write it like Europe/Prague, UTC or local");
    }
}
