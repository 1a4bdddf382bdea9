namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// What changed on one host between two moments of observed time, <c>numa-history diff</c>; no changes: nothing did.
/// </summary>
public sealed record DiffItem(
    string Host,
    DateTimeOffset Since,
    DateTimeOffset Until,
    IReadOnlyList<ChangeItem> Changes);
