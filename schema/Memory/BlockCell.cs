namespace NumaHistory.Schema.Memory;

/// <summary>A cell that a block has columns for. PageSizesKiB null = free huge pages were not looked at.</summary>
public sealed record BlockCell(int Id, IReadOnlyList<long>? PageSizesKiB)
{
    // Total, free, reclaimable.
    internal const int OwnColumns = 3;

    internal int Columns => OwnColumns + (PageSizesKiB?.Count ?? 0);

    internal static BlockCell Of(CellMemory cell) => new(cell.Id, cell.Pages?.Select(pool => pool.SizeKiB).ToArray());

    // All samples of a block have one shape; this is asked for every sample, so it allocates nothing.
    internal bool Fits(CellMemory cell)
    {
        if (cell.Id != Id || cell.Pages?.Count != PageSizesKiB?.Count)
        {
            return false;
        }

        for (var i = 0; i < (PageSizesKiB?.Count ?? 0); i++)
        {
            if (cell.Pages![i].SizeKiB != PageSizesKiB![i])
            {
                return false;
            }
        }

        return true;
    }
}
