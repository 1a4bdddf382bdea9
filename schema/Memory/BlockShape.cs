namespace NumaHistory.Schema.Memory;

/// <summary>What every sample of a block has to keep.</summary>
internal static class BlockShape
{
    public static bool Fits(BlockCell[] cells, MemorySample sample)
    {
        if (sample.Cells.Count != cells.Length)
        {
            return false;
        }

        for (var i = 0; i < cells.Length; i++)
        {
            if (!cells[i].Fits(sample.Cells[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static void Check(MemorySample sample)
    {
        if (sample.Cells.Count > BlockLimits.Cells)
        {
            throw Bad(sample, $"{sample.Cells.Count} cells, more than {BlockLimits.Cells}");
        }

        var before = -1;
        foreach (var cell in sample.Cells)
        {
            if (cell.Id <= before)
            {
                throw Bad(sample, $"cell {cell.Id} is not in rising order");
            }

            before = cell.Id;
            Check(sample, cell);
        }
    }

    private static void Check(MemorySample sample, CellMemory cell)
    {
        if (cell.TotalKiB < 0 || cell.FreeKiB < 0 || cell.ReclaimableKiB < 0)
        {
            throw Bad(sample, $"cell {cell.Id} has negative memory");
        }

        if (cell.Pages?.Count > BlockLimits.PageSizes)
        {
            throw Bad(sample, $"cell {cell.Id} has {cell.Pages.Count} page sizes, more than {BlockLimits.PageSizes}");
        }

        for (var i = 0; i < (cell.Pages?.Count ?? 0); i++)
        {
            if (cell.Pages![i].SizeKiB < 0 || cell.Pages[i].Free < 0)
            {
                throw Bad(sample, $"cell {cell.Id} has a negative page size or number of pages");
            }
        }
    }

    private static ArgumentException Bad(MemorySample sample, string what) =>
        new($"sample at {sample.At:O}: {what}", nameof(sample));
}
