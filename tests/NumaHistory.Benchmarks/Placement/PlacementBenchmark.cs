using NumaHistory.Benchmarks.Support;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Benchmarks.Placement;

/// <summary>Pure placements a second on one core, with what each allocates.</summary>
internal static class PlacementBenchmark
{
    public static void Run(TextWriter output)
    {
        var (two, four, sixteen, eight, large) = (
            PlacementWorkload.Host(2, 32), PlacementWorkload.Host(4, 32), PlacementWorkload.Host(16, 32, isFull: true),
            PlacementWorkload.Host(8, 32, isFull: true), PlacementWorkload.Host(64, 64));
        Time(output, "shared, 4 vCPUs on 2 cells", 1_000, PlacementWorkload.Shared(two, 4));
        Time(output, "shared, 4 vCPUs on 4 cells", 1_000, PlacementWorkload.Shared(four, 4));
        Time(output, "shared, 2 MiB pages, 4 cells", 1_000, PlacementWorkload.Shared(four, 4, PageChoice.Large));
        Time(output, "pinned, 4 vCPUs on 2 cells", 1_000, PlacementWorkload.Pinned(two, 1, 4));
        Time(output, "pinned, 4 vCPUs on 4 cells", 1_000, PlacementWorkload.Pinned(four, 1, 4));
        Time(output, "pinned, isolate, 4 vCPUs on 4 cells", 1_000, PlacementWorkload.Pinned(four, 1, 4, SmtPolicy.Isolate));
        Time(output, "pinned, 2 guest cells of 4 vCPUs on 4 cells", 1_000, PlacementWorkload.Pinned(four, 2, 4));
        Time(output, "no fit, 16 cells x 2", 100, PlacementWorkload.Pinned(sixteen, 2, 8));
        Time(output, "no fit, 8 cells x 4", 100, PlacementWorkload.Pinned(eight, 4, 8));
        Time(output, "8 guest cells of 16 vCPUs on 64 cells, 4096 CPUs", 1, PlacementWorkload.Pinned(large, 8, 16));
        Time(output, "no fit there", 1, PlacementWorkload.Pinned(large, 8, 64));
    }

    private static void Time(TextWriter output, string what, int count, PlacementRequest request)
    {
        var (nanoseconds, bytes) = Timing.Of(count, () =>
        {
            var fits = 0;
            for (var i = 0; i < count; i++)
            {
                fits += Placer.Place(request).Fits ? 1 : 0;
            }

            return fits;
        });
        output.WriteLine($"{what,-50} {1e9 / nanoseconds,12:N0} placements/s, {nanoseconds,10:N0} ns and {bytes:N0} bytes each");
    }
}
