namespace NumaHistory.Recorder.Sampling;

/// <summary>Where the free pages of a pool are read.</summary>
internal enum PoolSource
{
    /// <summary>HugePages_Free of the cell's meminfo.</summary>
    Meminfo,

    /// <summary>Nowhere: the pool has no pages.</summary>
    Empty,

    /// <summary>The pool's own free_hugepages, kept open.</summary>
    File,

    /// <summary>Nowhere: its file could not be opened.</summary>
    Unknown,
}
