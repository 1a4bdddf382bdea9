namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// The memory of one cell as the last pass found it, KiB; null = not known. HugePagesTotal counts pages of the
/// default size: it comes with the same read and shows that the capacity moved.
/// </summary>
public readonly record struct CellReading(
    int Id, long? TotalKiB, long? FreeKiB, long? ReclaimableKiB, long? HugePagesTotal);
