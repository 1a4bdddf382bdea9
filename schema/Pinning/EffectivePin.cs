using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>
/// Where an online vCPU may really run, as the kernel or hypervisor has it, and the host CPU it ran on at that
/// instant. Null = not known.
/// </summary>
public sealed record EffectivePin(int Vcpu, CpuSet? Cpus, int? Cpu = null);
