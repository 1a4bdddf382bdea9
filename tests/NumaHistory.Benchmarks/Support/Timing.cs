using System.Diagnostics;

namespace NumaHistory.Benchmarks.Support;

/// <summary>Times a piece of work in this process, after it was warmed up, with what it allocates.</summary>
internal static class Timing
{
    private const int Rounds = 7;

    /// <summary>Median nanoseconds and bytes for each of count pieces of the work.</summary>
    public static (double Nanoseconds, double Bytes) Of(double count, Func<long> work)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1.5))
        {
            work();
        }

        var nanoseconds = new double[Rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            started = Stopwatch.GetTimestamp();
            work();
            nanoseconds[round] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / count;
        }

        return (Figures.Median(nanoseconds), (GC.GetAllocatedBytesForCurrentThread() - before) / (Rounds * count));
    }
}
