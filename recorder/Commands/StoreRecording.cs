using System.CommandLine;
using NumaHistory.Recorder.Journal;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>Records observations in the store that the command line names and says in one line each what was new.</summary>
internal static class StoreRecording
{
    public static RecordObservations Of(RecorderContext context) => async (parsed, observations, cancel) =>
    {
        await using var store = await OpenAsync(parsed, context, cancel);
        foreach (var seen in observations)
        {
            var recorded = seen is { Topology: null, Guests: not null }
                ? await store.Facts.RecordGuestsAsync(seen, cancel)
                : await store.Facts.RecordAsync(seen, cancel);
            if (!parsed.GetValue(context.Global.Quiet))
            {
                context.Error.WriteLine(Cleaned.Text($"{seen.Host} at {TimeText.Utc(seen.ObservedAt)}: {What(recorded, seen.Guests is null)}"));
            }
        }

        return ExitCode.Yes;
    };

    public static Task<OpenStore> OpenAsync(ParseResult parsed, RecorderContext context, CancellationToken cancel) =>
        OpenStore.OpenAsync(StoreConnection.Of(parsed, context), Recorder(context), cancel);

    public static RecordedBy Recorder(RecorderContext context) =>
        new(context.Environment("SUDO_USER") ?? Environment.UserName, Environment.MachineName, $"numa-recorder {VersionCommand.Version}");

    private static string What(Recorded recorded, bool hasSample) => recorded.Facts.Count == 0
        ? hasSample ? "nothing new but its sample" : "nothing new"
        : string.Join(", ", recorded.Facts.Select(fact => fact is IGuestFact guest ? $"{EventNames.Of(fact)} {guest.Name}" : EventNames.Of(fact)));
}
