using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>Of a pinning that was changed since: the machine on which the pins of these vCPUs, which are what they were, were made.</summary>
public sealed record KeptContext(HostTopology Topology, CpuSet Vcpus);
