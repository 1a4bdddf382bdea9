namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// What became of a decision, with all that is known now: until the next decision, the release or the moment asked about. Held = it fitted all of the
/// known time; Share is the part of it in which it did, 0 to 1, null where nothing is known.
/// </summary>
public sealed record HindsightSince(
    DateTimeOffset Until,
    bool Held,
    double? Share,
    IReadOnlyList<IntervalItem> Intervals);
