using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// The size of huge pages for which no size is named. The setting of the kernel is not recorded; nearly everywhere it is 2 MiB, else the smallest
/// there is.
/// </summary>
internal static class DefaultPage
{
    private const long UsualSizeKiB = 2048;

    public static long KiB(HostTopology topology)
    {
        var sizes = (topology.Cells ?? []).SelectMany(cell => cell.Pages ?? []).Select(pool => pool.SizeKiB).ToHashSet();
        return sizes.Count == 0 || sizes.Contains(UsualSizeKiB) ? UsualSizeKiB : sizes.Min();
    }
}
