namespace NumaHistory.Schema.Topology;

/// <summary>
/// What the HMAT says of reaching a cell's memory from its best initiators. Class 0 = any initiator, 1 = CPUs only
/// (nodeN/access0, access1). Latencies in nanoseconds, bandwidths in MiB/s; null = not given.
/// </summary>
public sealed record CellAccess(
    int Class,
    CpuSet? Initiators,
    long? ReadLatencyNs,
    long? WriteLatencyNs,
    long? ReadBandwidthMiBs,
    long? WriteBandwidthMiBs);
