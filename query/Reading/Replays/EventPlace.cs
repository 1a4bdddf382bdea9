namespace NumaHistory.Query.Reading.Replays;

/// <summary>An event's place in the log and what it holds, as stored.</summary>
internal sealed record EventPlace(
    long Position, string Type, DateTimeOffset ObservedAt, DateTimeOffset RecordedAt, string? Who, string? Why, string? Data);
