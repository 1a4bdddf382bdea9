using System.Buffers.Binary;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Memory;

/// <summary>
/// A block in the making: samples are coded as they come and not kept, so that the open block's bytes can be asked
/// for after each of them. The bytes are those of <see cref="BlockCodec.Encode"/>. The first sample sets the cells
/// and page sizes.
/// </summary>
public sealed class BlockEncoder
{
    internal const int LongestInterval = int.MaxValue;

    private readonly BlockHeader _header;
    private readonly InstantsEncoder _instants;
    private BlockCell[] _cells = [];
    private ColumnEncoder[] _columns = [];

    /// <summary>Begins a block; the parameters are those of <see cref="MemoryBlock"/>.</summary>
    public BlockEncoder(
        string? bootId, Fingerprint? structure, Fingerprint? capacity, Fingerprint? pinState, TimeSpan? interval)
    {
        if (interval is { } given && !IsMilliseconds(given))
        {
            throw new ArgumentException(
                $"interval {given}: not a number of whole milliseconds below 2^31", nameof(interval));
        }

        HeaderBytes.CheckBootId(bootId);
        _header = new BlockHeader(bootId, structure, capacity, pinState, interval, 0, []);
        _instants = new InstantsEncoder(interval?.Ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>Samples so far.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// False where the sample needs a new block: it has other cells or page sizes, or this one is full.
    /// </summary>
    public bool Fits(MemorySample sample) =>
        Count == 0 || (Count < BlockLimits.SamplesFor(_columns.Length) && BlockShape.Fits(_cells, sample));

    /// <summary>
    /// Adds a sample; ArgumentException where <see cref="BlockCodec.Encode"/> would throw it, and nothing is added.
    /// </summary>
    public void Add(MemorySample sample)
    {
        BlockShape.Check(sample);
        if (!Fits(sample))
        {
            throw new ArgumentException(
                $"sample at {sample.At:O}: other cells or page sizes, or the block is full", nameof(sample));
        }

        _instants.Add(sample.At);
        if (Count == 0)
        {
            _cells = [.. sample.Cells.Select(BlockCell.Of)];
            _columns = [.. _cells.SelectMany(ColumnsOf)];
        }

        Count++;
        var column = 0;
        foreach (var cell in sample.Cells)
        {
            column = Add(cell, column);
        }
    }

    /// <summary>The block's bytes as of now.</summary>
    public byte[] ToBytes()
    {
        var output = new BlockBytes();
        output.Byte(BlockCodec.Version);
        HeaderBytes.Write(output, _header with { Count = Count, Cells = _cells });
        _instants.WriteTo(output);
        foreach (var column in _columns)
        {
            column.WriteTo(output);
        }

        var bytes = new byte[output.Length + sizeof(uint)];
        output.Span.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(output.Length), BlockCheck.Sum(output.Span));
        return bytes;
    }

    private static IEnumerable<ColumnEncoder> ColumnsOf(BlockCell cell) =>
        Enumerable.Range(0, cell.Columns).Select(column => new ColumnEncoder(isSize: column < BlockCell.OwnColumns));

    private static bool IsMilliseconds(TimeSpan interval) =>
        interval >= TimeSpan.Zero && interval.Ticks % TimeSpan.TicksPerMillisecond == 0
        && interval.Ticks / TimeSpan.TicksPerMillisecond <= LongestInterval;

    private int Add(CellMemory cell, int column)
    {
        _columns[column++].Add(cell.TotalKiB);
        _columns[column++].Add(cell.FreeKiB);
        _columns[column++].Add(cell.ReclaimableKiB);
        for (var i = 0; i < (cell.Pages?.Count ?? 0); i++)
        {
            _columns[column++].Add(cell.Pages![i].Free);
        }

        return column;
    }
}
