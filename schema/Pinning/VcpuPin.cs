using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>
/// The host CPUs a vCPU may run on. Preferred is Xen's soft affinity, null where there is none; Cpus is null where only a soft
/// affinity is given. A vCPU that may run anywhere has no entry.
/// </summary>
public sealed record VcpuPin(int Vcpu, CpuSet? Cpus, CpuSet? Preferred = null);
