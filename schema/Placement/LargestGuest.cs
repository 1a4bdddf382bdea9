using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// The largest guest of a shape that fits on a host: the most vCPUs, the most memory (KiB) together with them, and the host cells it would
/// lie on. MostMemoryKiB is the most memory of a guest with one vCPU for each cell. All 0 where not the smallest fits, null where nobody can tell; Reason
/// says why.
/// </summary>
public sealed record LargestGuest(GuestShape Shape, int? Vcpus, long? MemoryKiB, long? MostMemoryKiB, CpuSet? HostCells, string? Reason = null);
