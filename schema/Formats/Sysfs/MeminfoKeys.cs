namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>The names of the kept lines; the length is asked first, it rules most lines out.</summary>
internal static class MeminfoKeys
{
    public const int Count = (int)MeminfoField.SwapCached + 1;

    public static MeminfoField? Find(ReadOnlySpan<byte> key) => key.Length switch
    {
        5 => key.SequenceEqual("Shmem"u8) ? MeminfoField.Shmem : null,
        6 => key.SequenceEqual("Cached"u8) ? MeminfoField.Cached : null,
        7 => key.SequenceEqual("MemFree"u8) ? MeminfoField.MemFree
            : key.SequenceEqual("Buffers"u8) ? MeminfoField.Buffers : null,
        8 => key.SequenceEqual("MemTotal"u8) ? MeminfoField.MemTotal : null,
        9 => key.SequenceEqual("FilePages"u8) ? MeminfoField.FilePages : null,
        10 => key.SequenceEqual("SwapCached"u8) ? MeminfoField.SwapCached : null,
        12 => key.SequenceEqual("SReclaimable"u8) ? MeminfoField.SReclaimable
            : key.SequenceEqual("Hugepagesize"u8) ? MeminfoField.HugePageSize : null,
        14 => key.SequenceEqual("HugePages_Free"u8) ? MeminfoField.HugePagesFree : null,
        15 => key.SequenceEqual("HugePages_Total"u8) ? MeminfoField.HugePagesTotal : null,
        _ => null,
    };

    /// <summary>Sizes end in kB, counts of pages do not.</summary>
    public static bool IsCount(MeminfoField field) =>
        field is MeminfoField.HugePagesTotal or MeminfoField.HugePagesFree;
}
