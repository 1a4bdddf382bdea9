namespace NumaHistory.Schema.Memory;

/// <summary>
/// One value of one column of a block: milliseconds since 1970 UTC, and KiB or pages; null = not known.
/// </summary>
public readonly record struct MemoryPoint(long UnixMilliseconds, long? Value)
{
    /// <summary>The instant.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);
}
