namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// What <c>nodeN/meminfo</c> says of one cell, or <c>/proc/meminfo</c> of a machine without node folders. Sizes in
/// KiB, huge pages counted in pages of the kernel's default size; null = the file does not say, or says what cannot
/// be true. Parsing allocates nothing.
/// </summary>
public readonly record struct NodeMeminfo
{
    /// <summary>MemTotal.</summary>
    public long? TotalKiB { get; init; }

    /// <summary>MemFree.</summary>
    public long? FreeKiB { get; init; }

    /// <summary>
    /// FilePages; for <c>/proc/meminfo</c>, which has none, the same sum: Buffers + Cached + SwapCached.
    /// </summary>
    public long? FilePagesKiB { get; init; }

    /// <summary>Shmem.</summary>
    public long? ShmemKiB { get; init; }

    /// <summary>SReclaimable.</summary>
    public long? SlabReclaimableKiB { get; init; }

    /// <summary>HugePages_Total: pages of the default size in the pool.</summary>
    public long? HugePagesTotal { get; init; }

    /// <summary>HugePages_Free: pages of the default size that nobody uses.</summary>
    public long? HugePagesFree { get; init; }

    /// <summary>Hugepagesize, the default size; only <c>/proc/meminfo</c> names it.</summary>
    public long? HugePageKiB { get; init; }

    /// <summary>The first thing in the text that could not be used; null where all of it could.</summary>
    public MeminfoFault? Fault { get; init; }

    /// <summary>FilePages - Shmem + SReclaimable; null where a part is missing.</summary>
    public long? ReclaimableKiB =>
        FilePagesKiB - ShmemKiB + SlabReclaimableKiB is { } sum and >= 0 ? sum : null;

    /// <summary>
    /// Reads the text of either file. NUL bytes at its end are padding of a recording and do not count.
    /// </summary>
    public static NodeMeminfo Parse(ReadOnlySpan<byte> text)
    {
        var scan = new MeminfoScan(text.TrimEnd((byte)0));
        scan.Run();
        return Of(scan.Values, scan.Fault);
    }

    internal static NodeMeminfo Of(in MeminfoValues values, MeminfoFault? fault) => new()
    {
        TotalKiB = values[MeminfoField.MemTotal],
        FreeKiB = values[MeminfoField.MemFree],
        FilePagesKiB = values[MeminfoField.FilePages]
            ?? values[MeminfoField.Buffers] + values[MeminfoField.Cached] + values[MeminfoField.SwapCached],
        ShmemKiB = values[MeminfoField.Shmem],
        SlabReclaimableKiB = values[MeminfoField.SReclaimable],
        HugePagesTotal = values[MeminfoField.HugePagesTotal],
        HugePagesFree = values[MeminfoField.HugePagesFree],
        HugePageKiB = values[MeminfoField.HugePageSize],
        Fault = fault,
    };
}
