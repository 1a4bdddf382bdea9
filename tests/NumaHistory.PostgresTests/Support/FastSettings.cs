namespace NumaHistory.PostgresTests.Support;

/// <summary>Server settings for data that nobody misses after a power cut.</summary>
internal static class FastSettings
{
    public static readonly IReadOnlyList<string> Arguments =
    [
        "-c", "fsync=off",
        "-c", "full_page_writes=off",
        "-c", "max_connections=200",
        "-c", "shared_buffers=64MB",
        "-c", "max_wal_size=512MB",
    ];
}
