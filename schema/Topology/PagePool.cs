namespace NumaHistory.Schema.Topology;

/// <summary>The huge pages of one size in one cell: page size in KiB and how many pages the pool holds (null = not known).</summary>
public sealed record PagePool(long SizeKiB, long? Total);
