namespace NumaHistory.Schema.Memory;

/// <summary>One of the series that a block keeps for each cell.</summary>
public readonly record struct BlockColumn
{
    private BlockColumn(int index, long pageSizeKiB) => (Index, PageSizeKiB) = (index, pageSizeKiB);

    /// <summary>Total memory, KiB.</summary>
    public static BlockColumn Total { get; } = new(0, 0);

    /// <summary>Free memory, KiB.</summary>
    public static BlockColumn Free { get; } = new(1, 0);

    /// <summary>Reclaimable memory, KiB.</summary>
    public static BlockColumn Reclaimable { get; } = new(2, 0);

    internal int Index { get; }

    internal long PageSizeKiB { get; }

    /// <summary>Free huge pages of one size, in pages.</summary>
    public static BlockColumn FreePages(long sizeKiB) => new(BlockCell.OwnColumns, sizeKiB);

    // The place of this column among those of a cell, or -1 where the cell has none of that page size.
    internal int Within(BlockCell cell)
    {
        if (Index < BlockCell.OwnColumns)
        {
            return Index;
        }

        for (var i = 0; i < (cell.PageSizesKiB?.Count ?? 0); i++)
        {
            if (cell.PageSizesKiB![i] == PageSizeKiB)
            {
                return BlockCell.OwnColumns + i;
            }
        }

        return -1;
    }
}
