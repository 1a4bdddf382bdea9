namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>Why a line, or a whole meminfo file, cannot be used.</summary>
public enum MeminfoFaultKind
{
    /// <summary>The file has no bytes but padding.</summary>
    Empty,

    /// <summary>There is no MemTotal line at all.</summary>
    NoTotal,

    /// <summary>No number stands behind the colon.</summary>
    NotANumber,

    /// <summary>A number that no machine has.</summary>
    TooLarge,

    /// <summary>A size in another unit than kB, or a count of pages with one.</summary>
    WrongUnit,

    /// <summary>The file ends inside the line.</summary>
    CutOff,
}
