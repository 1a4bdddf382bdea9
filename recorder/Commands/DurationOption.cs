using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NumaHistory.Recorder.Commands;

/// <summary>Options that take a length of time, written 500ms, 10s, 5m, 1h, 14d or as several parts (1h30m).</summary>
internal static class DurationOption
{
    public static Option<TimeSpan?> Optional(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        Recursive = true,
        CustomParser = result => Read(name, result),
    };

    public static Option<TimeSpan> WithDefault(string name, string description, TimeSpan normal) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => normal,
        CustomParser = result => Read(name, result) ?? normal,
    };

    /// <summary>The length that the text means, or null where it means none.</summary>
    public static TimeSpan? Parse(string text)
    {
        var rest = text.AsSpan();
        var total = 0m;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            var letters = digits < 0 ? -1 : rest[digits..].IndexOfAny("0123456789.");
            var unit = digits < 0 ? "" : letters < 0 ? rest[digits..] : rest.Slice(digits, letters);
            if (digits <= 0 || digits > 9 || Milliseconds(unit) is not { } scale
                || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            total += number * scale;
            rest = letters < 0 ? "" : rest[(digits + letters)..];
        }

        return total is > 0 and < 315_360_000_000_000m ? TimeSpan.FromTicks((long)(total * TimeSpan.TicksPerMillisecond)) : null;
    }

    private static decimal? Milliseconds(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => 1m,
        "s" => 1_000m,
        "m" or "min" => 60_000m,
        "h" => 3_600_000m,
        "d" => 86_400_000m,
        "w" => 604_800_000m,
        _ => null,
    };

    private static TimeSpan? Read(string name, ArgumentResult result)
    {
        var text = result.Tokens is [var token, ..] ? token.Value : "";
        if (Parse(text) is { } length)
        {
            return length;
        }

        result.AddError($"{name}: '{text}' is not a length of time; write it like 10s, 5m or 1h30m");
        return null;
    }
}
