namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>Pages of one node: in all zones, and in the movable zone among them.</summary>
public sealed record ZoneMemory(long Pages, long MovablePages)
{
    private const int LeastPageKiB = 4;
    private const int LargestPageKiB = 1024;

    /// <summary>
    /// The movable share in KiB. The file counts base pages and no file names their size, so it follows from the node's
    /// total, which is the same sum; null when the two do not fit together.
    /// </summary>
    public long? MovableKiB(long? totalKiB)
    {
        if (MovablePages == 0)
        {
            return 0;
        }

        for (long size = LeastPageKiB; size <= LargestPageKiB; size *= 2)
        {
            if (totalKiB is { } total && Math.Abs(total - (Pages * size)) <= total / 8)
            {
                return MovablePages * size;
            }
        }

        return null;
    }
}
