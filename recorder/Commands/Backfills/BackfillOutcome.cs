using System.CommandLine;
using System.Globalization;
using NumaHistory.Recorder.Journal;
using NumaHistory.Recorder.Sources.Backfill;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands.Backfills;

/// <summary>What becomes of a past that was found: it is recorded, or printed; of what could not be read is told, and the exit code tells that there was some.</summary>
internal sealed class BackfillOutcome(RecorderContext context, Option<bool> dryRun)
{
    public async Task<ExitCode> OfAsync(ParseResult parsed, IReadOnlyList<BacklogItem> items, CancellationToken cancel)
    {
        var form = parsed.GetValue(dryRun) ? ObservationOutput.Form(context, parsed) : null;
        var found = Together(items.Select(item => item.Backlog).OfType<Backlog>());
        if (form is not null)
        {
            FactOutput.Write(context, parsed, form, [.. found.SelectMany(Facts)]);
        }
        else if (found.Count > 0)
        {
            await RecordAsync(parsed, found, cancel);
        }

        return Complain(parsed, items);
    }

    private async Task RecordAsync(ParseResult parsed, IReadOnlyList<Backlog> found, CancellationToken cancel)
    {
        await using var store = await StoreRecording.OpenAsync(parsed, context, cancel);
        foreach (var backlog in found)
        {
            var recorded = await store.Backfill.RecordAsync(backlog, cancel);
            Note(parsed, $"{backlog.Host}: {What(recorded)}");
        }
    }

    // A guest's log may lie in several pieces: what each of them adds shows only beside the others.
    private static List<Backlog> Together(IEnumerable<Backlog> found) =>
    [
        .. found.GroupBy(one => one.Host, StringComparer.Ordinal).OrderBy(host => host.Key, StringComparer.Ordinal).Select(host => new Backlog(host.Key)
        {
            Runs = [.. host.SelectMany(one => one.Runs)],
            Decisions = [.. host.SelectMany(one => one.Decisions)],
            Boots = [.. host.SelectMany(one => one.Boots)],
            Samples = [.. host.SelectMany(one => one.Samples).OrderBy(sample => sample.At)],
        }),
    ];

    private static IReadOnlyList<IHostFact> Facts(Backlog found) =>
    [
        .. BackfilledFacts.Boots(found.Host, found.Host, found),
        .. BackfilledFacts.News([], BackfilledFacts.Of(found.Host, found, pins => GuestKey.For(found.Host, pins))),
        .. HourBlocks.Of(found.Samples).Select(block =>
            new MemoryBlockRecorded(found.Host, Backfill.Source, block.Samples[0].At, block.Samples[^1].At, BlockCodec.Encode(block))),
    ];

    private static string What(Recorded recorded) => recorded.Facts.Count == 0
        ? "nothing new"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", recorded.Facts.GroupBy(EventNames.Of).Select(kind => $"{kind.Count()} {kind.Key}"))} from {TimeText.Utc(recorded.Facts.Min(fact => fact.ObservedAt))} to {TimeText.Utc(recorded.Facts.Max(Until))}");

    private static DateTimeOffset Until(IHostFact fact) => fact is MemoryBlockRecorded block ? block.Until : fact.ObservedAt;

    private ExitCode Complain(ParseResult parsed, IReadOnlyList<BacklogItem> items)
    {
        foreach (var problem in items.SelectMany(item => item.Notes).SelectMany(guest => guest.Problems.Select(problem => $"{problem} (guest {guest.Pins.Guest})")))
        {
            Note(parsed, problem);
        }

        foreach (var remark in items.SelectMany(item => item.Remarks))
        {
            Note(parsed, remark.ToString());
        }

        foreach (var problem in items.SelectMany(item => item.Problems))
        {
            Voice.Say(context, ExitCode.SourceUnusable, problem.ToString(), null);
        }

        foreach (var item in items.Where(item => item.Error is not null))
        {
            Voice.Say(context, ExitCode.SourceUnusable, item.Error!, item.Hint);
        }

        return items.Any(item => item.Error is not null || item.Problems.Count > 0) ? ExitCode.SourceUnusable : ExitCode.Yes;
    }

    private void Note(ParseResult parsed, string line)
    {
        if (!parsed.GetValue(context.Global.Quiet))
        {
            context.Error.WriteLine(Cleaned.Text(line));
        }
    }
}
