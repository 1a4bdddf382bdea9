namespace NumaHistory.Schema.Topology;

/// <summary>
/// The CPU masks of a host; null = not known. Source: /sys/devices/system/cpu/{possible,present,online,isolated,nohz_full}
/// and Cpus_allowed_list of init's cgroup. Possible and present belong to the structure, the others to the capacity.
/// </summary>
public sealed record CpuMasks(
    CpuSet? Possible = null,
    CpuSet? Present = null,
    CpuSet? Online = null,
    CpuSet? Isolated = null,
    CpuSet? NohzFull = null,
    CpuSet? Allowed = null);
