namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// When a guest would have fitted on a host, <c>numa-history place --replay</c>; host null = on any host that was asked about. Fits is the answer at the end,
/// Share the part of the known time in which it fitted, 0 to 1, KnownSeconds that time; all null or 0 where nobody can tell. LongestGap and LongestFit are the
/// longest times through which it did not fit and did; First and Last the beginning of the first and the end of the last stretch in which it fitted. Null =
/// there is none.
/// </summary>
public sealed record PlacementReplayItem(
    string? Host,
    bool? Fits,
    double? Share,
    long KnownSeconds,
    SpanItem? LongestGap,
    SpanItem? LongestFit,
    DateTimeOffset? First,
    DateTimeOffset? Last,
    IReadOnlyList<PlacementStretchItem> Intervals);
