namespace NumaHistory.Schema.Memory;

/// <summary>
/// The memory of one cell at one instant, KiB; null = not known, never 0. Reclaimable = FilePages - Shmem +
/// SReclaimable: free is not available, a file server's cell looks full.
/// </summary>
public sealed record CellMemory(
    int Id,
    long? TotalKiB,
    long? FreeKiB,
    long? ReclaimableKiB,
    IReadOnlyList<FreePages>? Pages = null);
