namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// The huge pages of one size in a cell: how many there are, and how many were free at the sample; null = not known.
/// </summary>
public sealed record PoolItem(long SizeKiB, long? Total, long? Free);
