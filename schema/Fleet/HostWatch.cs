namespace NumaHistory.Schema.Fleet;

/// <summary>
/// When a host was last seen as of a moment. Sampled is its newest sample, Interval what its recorder promised (null: a single look promises
/// nothing), Seen the newest sign of any kind.
/// </summary>
public sealed record HostWatch(DateTimeOffset? Sampled, TimeSpan? Interval, DateTimeOffset? Seen)
{
    private static readonly TimeSpan SingleLook = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The last moment at which what was seen still counts: three intervals after the newest sample. Where nothing was promised it
    /// holds now, and at a moment that somebody names up to shortly after the host was last seen. Null = for ever.
    /// </summary>
    public DateTimeOffset? GoodUntil(bool isNamed) => Interval is { } interval && Sampled is { } sampled ? sampled + (3 * interval)
        : isNamed && Interval is null && Seen is { } seen ? seen + SingleLook
        : null;
}
