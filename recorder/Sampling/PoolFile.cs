namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Where the number of free pages of one size comes from. The default size stands in meminfo, which is read anyway;
/// an empty pool has none free (the next look at the capacity notices when it grows); every other pool keeps its own
/// file open.
/// </summary>
internal sealed record PoolFile(long SizeKiB, PoolSource Source, string Path, KeptFile? File);
