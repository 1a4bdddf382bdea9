namespace NumaHistory.Query;

/// <summary>The garbage collector of the process.</summary>
internal static class Collector
{
    private const long AtMost = 512L << 20;

    /// <summary>
    /// Collects nothing until half a gibibyte, or a quarter of the memory there is, was asked for; then as ever. A process that answers one question out of
    /// all that was read has no garbage worth the time that moving everything else takes: that was a quarter of a replay.
    /// </summary>
    public static void PutOff() => GC.TryStartNoGCRegion(Math.Min(AtMost, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4));
}
