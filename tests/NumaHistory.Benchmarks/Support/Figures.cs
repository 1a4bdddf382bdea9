namespace NumaHistory.Benchmarks.Support;

/// <summary>What is told of repeated measurements.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Processor time of this process, user and system.</summary>
    public static TimeSpan Cpu => Environment.CpuUsage.TotalTime;
}
