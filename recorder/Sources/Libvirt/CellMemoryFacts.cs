using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>Cells' memory made of the numbers that libvirt gives.</summary>
internal static class CellMemoryFacts
{
    /// <summary>
    /// A cell with its free bytes, one number for each cell id from 0 on. libvirt does not know what is reclaimable.
    /// </summary>
    public static CellMemory Of(Cell cell, ReadOnlySpan<ulong> freeBytes, IReadOnlyList<FreePages>? pages) =>
        new(cell.Id, cell.MemoryKiB, cell.Id < freeBytes.Length ? KiB(freeBytes[cell.Id]) : null, null, pages);

    /// <summary>
    /// Free pages of the sizes that the cell has; free holds one number for each size, nothing where they are not
    /// known.
    /// </summary>
    public static IReadOnlyList<FreePages> Pages(Cell cell, ReadOnlySpan<uint> sizesKiB, ReadOnlySpan<ulong> free)
    {
        var pages = new List<FreePages>();
        for (var i = 0; i < sizesKiB.Length; i++)
        {
            var size = sizesKiB[i];
            if (cell.Pages?.Any(pool => pool.SizeKiB == size) == true)
            {
                pages.Add(new FreePages(size, i < free.Length && free[i] <= long.MaxValue ? (long)free[i] : null));
            }
        }

        return pages;
    }

    // A cell without memory information has -1 bytes free; virsh shows it as 18014398509481983 KiB.
    private static long? KiB(ulong bytes) => bytes <= long.MaxValue ? (long)(bytes / 1024) : null;
}
