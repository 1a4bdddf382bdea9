using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// A stretch of observed time in which two guests were pinned to CPUs that at least one of them had alone. Cpus = those on which they met;
/// Second is the pin that came later and so made them meet. Until null = they still do.
/// </summary>
public sealed record Overlap(string Host, CpuSet Cpus, HeldPin First, HeldPin Second, DateTimeOffset From, DateTimeOffset? Until);
