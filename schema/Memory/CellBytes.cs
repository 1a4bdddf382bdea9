namespace NumaHistory.Schema.Memory;

/// <summary>
/// The cells of a block: ids in rising order as steps, and page sizes, which most cells share with the one before.
/// </summary>
internal static class CellBytes
{
    private const int NotLookedAt = 0;
    private const int AsBefore = 1;
    private const int FirstCount = 2;

    public static void Write(BlockBytes output, IReadOnlyList<BlockCell> cells)
    {
        output.Varint(cells.Count);
        BlockCell? before = null;
        foreach (var cell in cells)
        {
            output.Varint(before is null ? cell.Id : cell.Id - (long)before.Id - 1);
            WriteSizes(output, cell.PageSizesKiB, before?.PageSizesKiB);
            before = cell;
        }
    }

    public static IReadOnlyList<BlockCell> Read(ref BlockCursor cursor)
    {
        var cells = new BlockCell[cursor.Count(BlockLimits.Cells, "cells")];
        for (var i = 0; i < cells.Length; i++)
        {
            var before = i == 0 ? null : cells[i - 1];
            var least = before is null ? 0 : before.Id + 1L;
            var id = (int)(least + cursor.Count((int)Math.Max(0, int.MaxValue - least), "as the next cell's id"));
            cells[i] = new BlockCell(id, ReadSizes(ref cursor, before?.PageSizesKiB));
        }

        return cells;
    }

    private static void WriteSizes(BlockBytes output, IReadOnlyList<long>? sizes, IReadOnlyList<long>? before)
    {
        if (sizes is null)
        {
            output.Varint((long)NotLookedAt);
        }
        else if (before is not null && sizes.SequenceEqual(before))
        {
            output.Varint((long)AsBefore);
        }
        else
        {
            output.Varint((long)sizes.Count + FirstCount);
            foreach (var size in sizes)
            {
                output.Varint(size);
            }
        }
    }

    private static IReadOnlyList<long>? ReadSizes(ref BlockCursor cursor, IReadOnlyList<long>? before)
    {
        var count = cursor.Count(BlockLimits.PageSizes + FirstCount, "page sizes");
        if (count is NotLookedAt or AsBefore)
        {
            return count == NotLookedAt ? null : before ?? throw cursor.Fault("the first cell has no cell before it");
        }

        var sizes = new long[count - FirstCount];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = cursor.Natural();
        }

        return sizes;
    }
}
