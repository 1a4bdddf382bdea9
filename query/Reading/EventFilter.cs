namespace NumaHistory.Query.Reading;

/// <summary>
/// Which events are wanted: by observed time, recorded time, stored names (null = all), and the newest so many (null =
/// all).
/// </summary>
internal sealed record EventFilter(
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    DateTimeOffset? KnownAt,
    IReadOnlyList<string>? Kinds,
    bool Blocks,
    long? Limit)
{
    /// <summary>Only events behind this position.</summary>
    public long After { get; init; }
}
