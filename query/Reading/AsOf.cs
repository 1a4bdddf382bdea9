namespace NumaHistory.Query.Reading;

/// <summary>The moment an answer is about, and whether somebody named it; it is now otherwise.</summary>
internal sealed record AsOf(DateTimeOffset At, bool IsNamed);
