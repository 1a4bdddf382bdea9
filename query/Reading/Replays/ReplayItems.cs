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

    private static FitReplayItem Of(ReplayInput input, GuestVerdicts verdicts, Func<string, string> hostName, DateTimeOffset until)
    {
        var last = verdicts.Intervals[^1];
        var report = last.Report();
        var known = verdicts.Intervals.Where(interval => !interval.IsSilent).ToList();
        var (all, fits) = (Sum(known), Sum(known.Where(interval => interval.Verdict == Verdict.Fits)));
        return new FitReplayItem(
            verdicts.Name, hostName(last.Host), until, last.Situation, report.Rules, last.Verdict, report.Findings,
            [.. verdicts.Intervals.Select(interval => Of(interval, hostName))],
            all > TimeSpan.Zero ? fits / all : null,
            (long)all.TotalSeconds,
            Tightest.Of(input, verdicts) is { } worst ? new TightestItem(worst.Hour, worst.Cell, worst.NeedKiB, worst.LeftKiB) : null);
    }

    private static IntervalItem Of(VerdictInterval interval, Func<string, string> hostName) => new(
        interval.From, interval.To, interval.Verdict, interval.Because, hostName(interval.Host), interval.Situation,
        interval.Text,
        [.. interval.By.Select(fact => fact.Event)]);

    private static TimeSpan Sum(IEnumerable<VerdictInterval> intervals) =>
        intervals.Aggregate(TimeSpan.Zero, (sum, interval) => sum + (interval.To - interval.From));
}
