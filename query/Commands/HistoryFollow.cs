using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Commands;

/// <summary>
/// Waits for events that are recorded from now on. A position is given before its transaction ends, so one may appear behind others: every look
/// reads a stretch of positions again and leaves out what was shown.
/// </summary>
internal sealed class HistoryFollow
{
    private const int Again = 1000;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(400);

    private readonly Dictionary<Guid, long> _seen;
    private readonly Patience _patience;
    private readonly CancellationToken _cancel;
    private long _last;

    private HistoryFollow(long last, Dictionary<Guid, long> seen, Patience patience, CancellationToken cancel) =>
        (_last, _seen, _patience, _cancel) = (last, seen, patience, cancel);

    /// <summary>Refuses what has no end to wait for.</summary>
    public static void Check(Request request, bool hasUntil)
    {
        if (hasUntil || request.At is not null || request.KnownAt is not null)
        {
            throw new Refusal(ExitCode.Usage, "--follow waits for what comes and has no --until, --at or --known-at", "leave one of them out");
        }

        if (request.Format == OutputFormat.Json)
        {
            throw new Refusal(ExitCode.Usage, "--follow has no end, and -o json needs one", "-o jsonl");
        }
    }

    /// <summary>Notes what is there already; asked before the first answer, so that nothing falls between the two.</summary>
    public static HistoryFollow Begin(StoreReader store, Patience patience, CancellationToken cancel)
    {
        var there = store.Ask(new NewestPositionsQuestion(Again), cancel);
        return new HistoryFollow(there.Count > 0 ? there.Max(one => one.Position) : 0, there.ToDictionary(one => one.Id, one => one.Position), patience, cancel);
    }

    /// <summary>Shows what comes, until somebody stops it.</summary>
    public void Go(StoreReader store, HistoryScope scope, EventFilter filter, IEnumerable<HistoryEntry> shown, Action<IReadOnlyList<HistoryEntry>> show)
    {
        Note(shown.Where(entry => entry.Item.Position > _last - Again));
        while (true)
        {
            _patience.Pause();
            if (_cancel.WaitHandle.WaitOne(Every))
            {
                throw new OperationCanceledException(_cancel);
            }

            _patience.Begin();
            var rows = store.Ask(new EventsQuestion(scope, filter with { Limit = null, After = Math.Max(0, _last - Again) }), _cancel);
            List<HistoryEntry> news = [.. rows.Where(row => !_seen.ContainsKey(row.Id)).OrderBy(row => row.Position).Select(HistoryEntries.Of)];
            if (news.Count > 0)
            {
                show(news);
                Note(news);
            }
        }
    }

    private void Note(IEnumerable<HistoryEntry> entries)
    {
        foreach (var entry in entries)
        {
            _seen[entry.Item.Id] = entry.Item.Position;
            _last = Math.Max(_last, entry.Item.Position);
        }

        foreach (var old in _seen.Where(one => one.Value <= _last - Again).Select(one => one.Key).ToList())
        {
            _seen.Remove(old);
        }
    }
}
