namespace NumaHistory.Query.Reading.Guests;

/// <summary>A host at a moment at which somebody pinned something.</summary>
internal sealed record Circumstances(string HostKey, DateTimeOffset At);
