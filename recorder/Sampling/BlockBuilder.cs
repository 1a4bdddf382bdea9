using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Collects samples into the open block. A block ends where its context, its cells or its window of the clock does, where time
/// runs backwards, and at the largest number of samples; blocks never cross an ISO week since windows divide the hour.
/// </summary>
internal sealed class BlockBuilder(SamplerOptions options)
{
    private readonly List<MemorySample> _samples = [];
    private BlockContext? _context;

    public bool IsEmpty => _samples.Count == 0;

    public MemorySample? Newest => IsEmpty ? null : _samples[^1];

    /// <summary>Adds a sample; returns the block that is complete because the sample does not belong to it, or null.</summary>
    public MemoryBlock? Add(MemorySample sample, BlockContext context)
    {
        var complete = IsEmpty || Belongs(sample, context) ? null : Seal();
        _context = context;
        _samples.Add(sample);
        return complete;
    }

    /// <summary>The open block as it is now; it stays open. Null when empty.</summary>
    public MemoryBlock? Open() => IsEmpty || _context is null
        ? null
        : new MemoryBlock(_context.BootId, _context.Structure, _context.Capacity, null, options.Interval, [.. _samples]);

    /// <summary>Ends the open block; null when there is none.</summary>
    public MemoryBlock? Seal()
    {
        var block = Open();
        _samples.Clear();
        return block;
    }

    private bool Belongs(MemorySample sample, BlockContext context) =>
        context == _context
        && _samples.Count < SamplerOptions.SamplesPerBlock
        && sample.At > _samples[^1].At
        && Window(sample.At) == Window(_samples[0].At)
        && SameShape(sample, _samples[0]);

    private long Window(DateTimeOffset at) => at.UtcTicks / options.Block.Ticks;

    private static bool SameShape(MemorySample left, MemorySample right) =>
        left.Cells.Count == right.Cells.Count
        && left.Cells.Zip(right.Cells).All(pair =>
            pair.First.Id == pair.Second.Id && PageSizes(pair.First).SequenceEqual(PageSizes(pair.Second)));

    private static IEnumerable<long> PageSizes(CellMemory cell) => cell.Pages?.Select(pages => pages.SizeKiB) ?? [];
}
