using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>Replayed verdicts as items of the contract, what fits least first.</summary>
internal static class ReplayItems
{
    public static List<FitReplayItem> Of(StoreReplay replay, Func<string, string> hostName, DateTimeOffset until) =>
    [
        .. replay.Verdicts.Select(verdicts => Of(replay.Input, verdicts, hostName, until))
            .OrderByDescending(item => item.Verdict)
            .ThenBy(item => item.Share ?? 1)
            .ThenBy(item => item.Guest, StringComparer.Ordinal),
    ];

    /// <summary>The part of the known time in which it fitted, 0 to 1; null where nothing is known.</summary>
    public static double? Share(IReadOnlyList<IntervalItem> intervals)
    {
        var (all, fits) = (Sum(intervals.Where(IsKnown)), Sum(intervals.Where(interval => interval.Verdict == Verdict.Fits)));
        return all > TimeSpan.Zero ? fits / all : null;
    }

    private static FitReplayItem Of(ReplayInput input, GuestVerdicts verdicts, Func<string, string> hostName, DateTimeOffset until)
    {
        var last = verdicts.Intervals[^1];
        var report = last.Report();
        var intervals = verdicts.Intervals.Select(interval => Of(interval, hostName)).ToList();
        return new FitReplayItem(
            verdicts.Name, hostName(last.Host), until, last.Situation, report.Rules, last.Verdict, report.Findings,
            intervals,
            Share(intervals),
            (long)Sum(intervals.Where(IsKnown)).TotalSeconds,
            Tightest.Of(input, verdicts) is { } worst ? new TightestItem(worst.Hour, worst.Cell, worst.NeedKiB, worst.LeftKiB) : null);
    }

    private static IntervalItem Of(VerdictInterval interval, Func<string, string> hostName) => new(
        interval.From, interval.To, interval.Verdict, interval.Because, hostName(interval.Host), interval.Situation,
        interval.Text,
        [.. interval.By.Select(fact => fact.Event)]);

    // Nothing is known where nobody looked.
    private static bool IsKnown(IntervalItem interval) => !(interval.Verdict == Verdict.Unknown && interval.Because is ["stale"]);

    private static TimeSpan Sum(IEnumerable<IntervalItem> intervals) =>
        intervals.Aggregate(TimeSpan.Zero, (sum, interval) => sum + (interval.To - interval.From));
}
