using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// A migration, <c>numa-history migrations</c>. Hosts are names; null = nobody knows. SeenBy is <c>both</c>, <c>source</c>, <c>target</c> or
/// <c>nobody</c>: the hosts that recorded their half.
/// </summary>
public sealed record MigrationItem(
    string Guest,
    string? From,
    string? To,
    DateTimeOffset Begun,
    DateTimeOffset? Ended,
    MigrationOutcome Outcome,
    bool PostCopy,
    string SeenBy,
    IReadOnlyList<Guid> Events);
