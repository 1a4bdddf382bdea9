using NumaHistory.Schema.Memory;

namespace NumaHistory.Schema.Formats.Backfill.Series;

/// <summary>
/// Values of memory of cells as somebody else sampled them, put together to samples: what has one instant and one instance (whatever the series
/// call the machine) is one look.
/// </summary>
public sealed class MemorySeries
{
    private readonly Dictionary<string, SortedDictionary<long, SortedDictionary<int, CellValues>>> _instances = new(StringComparer.Ordinal);

    /// <summary>The machines there are values of.</summary>
    public IReadOnlyCollection<string> Instances => _instances.Keys;

    /// <summary>Adds a value in KiB.</summary>
    public void Add(string instance, int cell, MemoryValue kind, DateTimeOffset at, long valueKiB)
    {
        var instants = _instances.TryGetValue(instance, out var known) ? known : _instances[instance] = [];
        var cells = instants.TryGetValue(at.ToUnixTimeMilliseconds(), out var then) ? then : instants[at.ToUnixTimeMilliseconds()] = [];
        cells[cell] = cells.GetValueOrDefault(cell).With(kind, valueKiB);
    }

    /// <summary>The samples of a machine, in order of time. Reclaimable is known where all of its three parts are.</summary>
    public IReadOnlyList<MemorySample> Samples(string instance) =>
    [
        .. _instances[instance].Select(instant => new MemorySample(
            DateTimeOffset.FromUnixTimeMilliseconds(instant.Key), [.. instant.Value.Select(cell => cell.Value.Memory(cell.Key))])),
    ];

    private readonly record struct CellValues(long? Total, long? Free, long? Used, long? FilePages, long? Shmem, long? SlabReclaimable)
    {
        public CellValues With(MemoryValue kind, long value) => kind switch
        {
            MemoryValue.Total => this with { Total = value },
            MemoryValue.Free => this with { Free = value },
            MemoryValue.Used => this with { Used = value },
            MemoryValue.FilePages => this with { FilePages = value },
            MemoryValue.Shmem => this with { Shmem = value },
            _ => this with { SlabReclaimable = value },
        };

        // The kernel's used is total less free: two of them tell the third.
        public CellMemory Memory(int cell) => new(
            cell, Total ?? Free + Used, Free ?? Total - Used, FilePages - Shmem + SlabReclaimable is >= 0 and var reclaimable ? reclaimable : null);
    }
}
