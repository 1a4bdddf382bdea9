using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Pinning;

/// <summary>
/// A page size that backs a guest's memory. SizeKiB null = the host's default huge page size; GuestCells null = every guest cell
/// that no other entry names.
/// </summary>
public sealed record GuestPages(long? SizeKiB, CpuSet? GuestCells);
