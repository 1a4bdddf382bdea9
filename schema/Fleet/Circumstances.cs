namespace NumaHistory.Schema.Fleet;

/// <summary>A host, by its key, at a moment at which somebody pinned something.</summary>
public sealed record Circumstances(string Host, DateTimeOffset At);
