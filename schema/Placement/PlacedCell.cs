using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Where one guest cell would go. A dedicated vCPU is pinned to one CPU, a shared one to all shared CPUs of the host cell. Emulator is
/// the CPU set aside for the emulator's threads (null = it shares), Reserved those set aside beside it; PageSizeKiB the size of the pages
/// that back the cell, null = pages were not counted. MemoryKiB is the cell's memory.
/// </summary>
public sealed record PlacedCell(
    int GuestCell,
    int HostCell,
    IReadOnlyList<VcpuPin>? Pins,
    CpuSet? Emulator = null,
    CpuSet? Reserved = null,
    long? PageSizeKiB = null,
    long? MemoryKiB = null);
