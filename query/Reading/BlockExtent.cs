namespace NumaHistory.Query.Reading;

/// <summary>What the row of a sealed block says without decoding it.</summary>
internal sealed record BlockExtent(string Source, DateTimeOffset Until, int Samples, TimeSpan? Interval, int Bytes);
