namespace NumaHistory.Schema.Topology;

/// <summary>
/// The silicon behind a CPU number: socket, die, cluster, core, SMT siblings (itself included), CPUs of its L3, core type
/// (<c>performance</c>, <c>efficiency</c> or the kernel's own word), model text, stepping and APIC id. Null = not known;
/// an offline CPU on Linux has nothing but its id.
/// </summary>
public sealed record CpuInfo(
    int Id,
    int? Socket = null,
    int? Die = null,
    int? Cluster = null,
    int? Core = null,
    CpuSet? Siblings = null,
    CpuSet? L3 = null,
    string? CoreType = null,
    string? Model = null,
    int? Stepping = null,
    int? ApicId = null);
