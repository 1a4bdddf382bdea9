using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Memory;

/// <summary>
/// What a block says without its values: see <see cref="MemoryBlock"/>. First and Last are the instants of its first
/// and last sample, null for a block without samples.
/// </summary>
public sealed record BlockHeader(
    string? BootId,
    Fingerprint? Structure,
    Fingerprint? Capacity,
    Fingerprint? PinState,
    TimeSpan? Interval,
    int Count,
    IReadOnlyList<BlockCell> Cells)
{
    /// <summary>The instant of the first sample.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The instant of the last sample.</summary>
    public DateTimeOffset? Last { get; init; }
}
