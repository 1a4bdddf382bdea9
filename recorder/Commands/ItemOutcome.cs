using System.CommandLine;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>
/// What becomes of documents and hosts that were read: the good ones are recorded, of the others is told, and the
/// exit code tells that there were some.
/// </summary>
internal static class ItemOutcome
{
    /// <summary>
    /// Records what is good, and one more observation if there is one: that of guests whose documents name no host.
    /// What the store answers counts before one that gave nothing does.
    /// </summary>
    public static async Task<ExitCode> RecordAsync(
        RecorderContext context,
        ParseResult parsed,
        IReadOnlyList<ImportItem> items,
        Observation? guests,
        RecordObservations record,
        CancellationToken cancel)
    {
        var good = items.Select(item => item.Observation).Append(guests).OfType<Observation>().ToList();
        var recorded = good.Count == 0 ? ExitCode.Yes : await record(parsed, good, cancel);
        var read = Complain(context, items);
        return recorded == ExitCode.Yes ? read : recorded;
    }

    public static ExitCode Complain(RecorderContext context, IReadOnlyList<ImportItem> items)
    {
        var bad = items.Where(item => item.Error is not null).ToList();
        foreach (var item in bad)
        {
            Voice.Say(context, ExitCode.SourceUnusable, item.Error!, item.Hint);
        }

        return bad.Count > 0 ? ExitCode.SourceUnusable : ExitCode.Yes;
    }
}
