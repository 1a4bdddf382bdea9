namespace NumaHistory.Schema.State;

/// <summary>
/// A guest's way from one host to another, put together from what either side recorded. From and To are host keys; the one that did not
/// record its half is what was believed (From) or null. Ended null = it is under way. Events are those of both halves, oldest first.
/// </summary>
public sealed record Migration(
    Guid Guest,
    string? From,
    string? To,
    DateTimeOffset Begun,
    DateTimeOffset? Ended,
    MigrationOutcome Outcome,
    bool IsPostCopy,
    bool WasSeenBySource,
    bool WasSeenByTarget,
    IReadOnlyList<Guid> Events);
