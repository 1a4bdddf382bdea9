namespace NumaHistory.Schema.Memory;

/// <summary>Makes samples of columns. Values that did not change share their objects, which are immutable.</summary>
internal static class BlockAssembler
{
    public static MemoryBlock Assemble(ref BlockReader reader)
    {
        var header = reader.Header;
        var cells = new CellMemory[header.Cells.Count][];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = ReadCell(ref reader, header.Cells[i]);
        }

        reader.Done();
        var samples = new MemorySample[header.Count];
        for (var at = 0; at < samples.Length; at++)
        {
            var row = new CellMemory[cells.Length];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = cells[i][at];
            }

            samples[at] = new MemorySample(DateTimeOffset.FromUnixTimeMilliseconds(reader.Instants[at]), row);
        }

        return new MemoryBlock(
            header.BootId, header.Structure, header.Capacity, header.PinState, header.Interval, samples);
    }

    private static CellMemory[] ReadCell(ref BlockReader reader, BlockCell cell)
    {
        var columns = new long[cell.Columns][];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = new long[reader.Header.Count];
            reader.ReadColumn(columns[i]);
        }

        var memory = new CellMemory[reader.Header.Count];
        for (var at = 0; at < memory.Length; at++)
        {
            memory[at] = at > 0 && Same(columns, at) ? memory[at - 1] : new CellMemory(
                cell.Id,
                ColumnDecoder.Known(columns[0][at]),
                ColumnDecoder.Known(columns[1][at]),
                ColumnDecoder.Known(columns[2][at]),
                Pages(cell, columns, at, at > 0 ? memory[at - 1].Pages : null));
        }

        return memory;
    }

    private static bool Same(ReadOnlySpan<long[]> columns, int at)
    {
        foreach (var column in columns)
        {
            if (column[at] != column[at - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<FreePages>? Pages(
        BlockCell cell, long[][] columns, int at, IReadOnlyList<FreePages>? before)
    {
        if (cell.PageSizesKiB is not { } sizes)
        {
            return null;
        }

        if (before is not null && Same(columns.AsSpan(BlockCell.OwnColumns), at))
        {
            return before;
        }

        var pages = new FreePages[sizes.Count];
        for (var i = 0; i < pages.Length; i++)
        {
            pages[i] = new FreePages(sizes[i], ColumnDecoder.Known(columns[BlockCell.OwnColumns + i][at]));
        }

        return pages;
    }
}
