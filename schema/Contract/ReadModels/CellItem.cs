using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// One cell of one host, <c>numa-history cells</c>: the facts of numactl -H and its memory at SampledAt, KiB. Null =
/// not known; SampledAt null: no sample exists. CommittedKiB = ordinary memory that guests are bound to the cell with; Guests = the names of
/// those in it, Placed says how. IntervalSeconds is what the source declared, null for a single look;
/// Stale: older than three of them.
/// </summary>
public sealed record CellItem(
    string Host,
    int Id,
    CpuSet? Cpus,
    CpuSet? OnlineCpus,
    long? TotalKiB,
    long? FreeKiB,
    long? ReclaimableKiB,
    long? CommittedKiB,
    IReadOnlyList<string> Guests,
    IReadOnlyList<PlacedGuestItem> Placed,
    IReadOnlyList<CellDistance>? Distances,
    IReadOnlyList<PoolItem>? Pages,
    DateTimeOffset? SampledAt,
    double? IntervalSeconds,
    bool Stale,
    string? Source);
