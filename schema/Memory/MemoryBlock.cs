using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Memory;

/// <summary>
/// A run of memory samples of one host and source. It names the boot, both fingerprints and the hash of the pin state
/// that held all the while, and so confirms them. Samples are in rising order of time; all of them have the same
/// cells and page sizes. A block without cells is a bare confirmation: the host was looked at, memory was not.
/// Interval = what the source declared, null for a single look.
/// </summary>
public sealed record MemoryBlock(
    string? BootId,
    Fingerprint? Structure,
    Fingerprint? Capacity,
    Fingerprint? PinState,
    TimeSpan? Interval,
    IReadOnlyList<MemorySample> Samples);
