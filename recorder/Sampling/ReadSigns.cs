namespace NumaHistory.Recorder.Sampling;

/// <summary>What a pass over the cells noticed besides the values.</summary>
[Flags]
public enum ReadSigns
{
    /// <summary>Every value was read.</summary>
    None = 0,

    /// <summary>Something could not be used; it is null and <see cref="CellReadings.Problems"/> names it.</summary>
    Problems = 1,

    /// <summary>A cell was removed: look at the structure and open the reader again.</summary>
    CellGone = 2,

    /// <summary>
    /// A total or the default pool of huge pages is not what it was in the pass before: look at the capacity.
    /// </summary>
    CapacityMoved = 4,
}
