namespace NumaHistory.Schema.Formats.XlConfig;

/// <summary>Amounts of memory as xl takes them.</summary>
internal static class XlSize
{
    /// <summary>Whole MiB, rounded up: a guest never gets less than it had.</summary>
    public static long MiB(long kib) => (kib / 1024) + (kib % 1024 > 0 ? 1 : 0);
}
