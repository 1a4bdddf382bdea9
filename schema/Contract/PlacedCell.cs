using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Contract;

/// <summary>Where one guest cell would go.</summary>
public sealed record PlacedCell(int GuestCell, int HostCell, IReadOnlyList<VcpuPin>? Pins, CpuSet? Emulator);
