using System.CommandLine;
using System.CommandLine.Parsing;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>Options that take a length of time, written 500ms, 10s, 5m, 1h, 14d or as several parts (1h30m).</summary>
internal static class DurationOption
{
    // What a timer can count.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    public static Option<TimeSpan?> Optional(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = result => Read(name, result),
    };

    private static TimeSpan? Read(string name, ArgumentResult result)
    {
        var text = result.Tokens is [var token, ..] ? token.Value : "";
        if (Duration.TryParse(text) is { } length && length > TimeSpan.Zero && length <= Longest)
        {
            return length;
        }

        result.AddError($"{name}: '{text}' is not a length of time up to 49d; write it like 10s, 5m or 1h30m");
        return null;
    }
}
