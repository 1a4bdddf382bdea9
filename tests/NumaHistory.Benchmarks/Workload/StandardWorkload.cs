using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Benchmarks.Workload;

/// <summary>
/// The work on which stores are compared: 100 hosts x 4 cells x 24 h at 10 s, free memory only, 3,456,000 samples.
/// Integer arithmetic from one seed, so it is the same everywhere.
/// </summary>
internal static class StandardWorkload
{
    public const int Cells = 4;
    public const int Hours = 24;
    public const int Interval = 10;
    public const int PerHour = 3600 / Interval;

    private const long Seed = 42;
    private const int PageKiB = 4;

    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1767571200);

    /// <summary>Free pages per cell and sample of one host.</summary>
    public static int[][] Host(int host) =>
        [.. Enumerable.Range(0, Cells).Select(
            cell => new CellModel(Seed, host, cell, Interval).FreePages(Hours * PerHour))];

    /// <summary>The hour blocks of one host.</summary>
    public static IEnumerable<MemoryBlock> Blocks(int host)
    {
        var free = Host(host);
        var structure = Fingerprint.Of(BitConverter.GetBytes(host));
        for (var hour = 0; hour < Hours; hour++)
        {
            var samples = Enumerable.Range(hour * PerHour, PerHour).Select(at => Sample(free, at)).ToArray();
            yield return new MemoryBlock(
                new Guid(host, 1, 1, new byte[8]).ToString("D"),
                structure,
                structure,
                null,
                TimeSpan.FromSeconds(Interval),
                samples);
        }
    }

    private static MemorySample Sample(int[][] free, int at) => new(
        Start.AddSeconds(at * Interval),
        [.. Enumerable.Range(0, Cells).Select(
            cell => new CellMemory(cell, null, (long)free[cell][at] * PageKiB, null))]);
}
