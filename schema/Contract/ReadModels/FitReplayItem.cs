using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// The verdicts on one guest through recorded history, <c>numa-history fit --replay</c>: the members of a FitReport as of the end of the stretch, and the
/// stretches before it. Share is the part of the known time in which it fitted, 0 to 1, null where nothing is known; Known the seconds of that time. Worst
/// names the tightest hour and cell, null where free memory was not asked.
/// </summary>
public sealed record FitReplayItem(
    string Guest,
    string Host,
    DateTimeOffset At,
    Situation Situation,
    int Rules,
    Verdict Verdict,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<IntervalItem> Intervals,
    double? Share,
    long KnownSeconds,
    TightestItem? Worst);
