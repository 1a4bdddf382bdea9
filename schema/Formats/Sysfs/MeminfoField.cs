namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>The lines of a meminfo file that are kept, in no particular order.</summary>
internal enum MeminfoField
{
    MemTotal,
    MemFree,
    FilePages,
    Shmem,
    SReclaimable,
    HugePagesTotal,
    HugePagesFree,
    HugePageSize,
    Buffers,
    Cached,
    SwapCached,
}
