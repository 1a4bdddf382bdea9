namespace NumaHistory.Schema.Topology;

/// <summary>A cache on the memory's side of a cell (nodeN/memory_side_cache/indexL). Size and line in the unit named; null = not given.</summary>
public sealed record MemorySideCache(int Level, long? SizeKiB, int? LineBytes, string? Indexing, string? WritePolicy);
