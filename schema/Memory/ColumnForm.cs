namespace NumaHistory.Schema.Memory;

/// <summary>The first byte of a column: one of the first three, with flags.</summary>
[Flags]
internal enum ColumnForm : byte
{
    /// <summary>No value is known; nothing follows.</summary>
    Unknown = 0,

    /// <summary>A length, then a first value and a difference for each further one.</summary>
    Plain = 1,

    /// <summary>A length, then a first value and pairs of zeros skipped and a difference.</summary>
    Runs = 2,

    /// <summary>Flag: values are in units of 4 KiB.</summary>
    Pages = 8,

    /// <summary>Flag: some values are missing; the lengths of known and missing runs, in turn, come first.</summary>
    Gaps = 16,

    /// <summary>The bits that tell the forms apart.</summary>
    Mask = 3,
}
