using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// A past decision seen again, <c>numa-history hindsight</c>: the pinning that was decided, the verdict on it with what was known then (facts observed and
/// recorded by then) and with what is known now of that same moment, both for a start there, and the facts of that moment that were recorded later. Differs =
/// the verdicts or the codes behind them do.
/// </summary>
public sealed record HindsightItem(
    string Guest,
    string Host,
    long Position,
    DateTimeOffset DecidedAt,
    DateTimeOffset RecordedAt,
    string? By,
    string? Why,
    GuestPins Pins,
    HindsightVerdict Known,
    HindsightVerdict Actual,
    bool Differs,
    IReadOnlyList<LateItem> Late,
    HindsightSince Since);
