namespace NumaHistory.Schema.Memory;

/// <summary>
/// What one block may hold. Long runs of equal values take a few bytes, so without bounds a small damaged block could
/// ask for all memory of its reader. An hour at one second with 290 cells fits.
/// </summary>
public static class BlockLimits
{
    /// <summary>Samples in one block.</summary>
    public const int Samples = 1 << 16;

    /// <summary>Cells of one host.</summary>
    public const int Cells = 1 << 12;

    /// <summary>Page sizes of one cell.</summary>
    public const int PageSizes = 16;

    /// <summary>
    /// Values in one block: samples times columns, a cell having three columns and one for each page size.
    /// </summary>
    public const int Values = 1 << 22;

    /// <summary>The number of samples a block with so many columns may hold.</summary>
    public static int SamplesFor(int columns) => columns == 0 ? Samples : Math.Min(Samples, Values / columns);
}
