using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// A stretch of time in which exclusive pins of one guest met pins of another on a host, <c>numa-history overlaps</c>. Second came later and
/// so made them meet; until null = they still do.
/// </summary>
public sealed record OverlapItem(string Host, CpuSet Cpus, DateTimeOffset From, DateTimeOffset? Until, OverlapSideItem First, OverlapSideItem Second);
