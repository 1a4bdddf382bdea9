namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// The room that is left on a host, <c>numa-history what-fits</c>: CPUs that a guest could have for itself, the largest guest of one cell on such
/// CPUs, memory in KiB, and the share of the free CPUs, 0 to 1, that it could not use; null = there are none. Reason: why no guest fits. What nobody can tell is null.
/// </summary>
public sealed record RoomItem(string Host, int? FreeCpus, int? Vcpus, long? MemoryKiB, long? MostMemoryKiB, double? Fragmentation, string? Reason);
