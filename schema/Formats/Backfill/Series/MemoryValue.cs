namespace NumaHistory.Schema.Formats.Backfill.Series;

/// <summary>Which of the values that the kernel gives of a cell's memory.</summary>
public enum MemoryValue
{
    /// <summary>All memory of the cell.</summary>
    Total,

    /// <summary>Memory that nobody uses.</summary>
    Free,

    /// <summary>Total less free.</summary>
    Used,

    /// <summary>The page cache, shared memory included.</summary>
    FilePages,

    /// <summary>Shared memory.</summary>
    Shmem,

    /// <summary>Slabs that the kernel can give back.</summary>
    SlabReclaimable,
}
