using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>An I/O thread of a guest and the host CPUs it may run on; Cpus null = it has no pin of its own.</summary>
public sealed record IothreadPin(int Id, CpuSet? Cpus);
