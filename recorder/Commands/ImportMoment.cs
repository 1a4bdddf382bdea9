using System.CommandLine;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>The --at of an import: a moment on the clock, since a document knows no boot and no position.</summary>
internal static class ImportMoment
{
    public static DateTimeOffset Parse(RecorderContext context, ParseResult parsed, string? text)
    {
        var now = context.Clock.GetUtcNow();
        return text is null ? now : Parse(text, now, parsed.GetValue(context.Global.TimeZone)!);
    }

    private static DateTimeOffset Parse(string text, DateTimeOffset now, string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known))
        {
            throw new Refusal(ExitCode.Usage, $"--tz: '{zone}' is not a time zone; write it like UTC or Europe/Paris");
        }

        return Moment.Parse("--at", text, now, known) is Moment.Instant instant
            ? instant.At
            : throw new Refusal(
                ExitCode.Usage, $"--at: '{text}' is no moment on the clock; write it like 2026-05-01T12:00Z or -2h");
    }
}
