namespace NumaHistory.Schema.Memory;

/// <summary>
/// The binary form of a <see cref="MemoryBlock"/>; decode(encode(block)) = block. In order: version byte, header,
/// instants, then for each cell total, free, reclaimable and free pages per size, then CRC-32C of all that. Damaged
/// bytes throw <see cref="BlockFormatException"/> and never give another number. README.md beside this file has the
/// layout.
/// </summary>
public static class BlockCodec
{
    /// <summary>The version this program writes; byte 0 of the payload.</summary>
    public const byte Version = 1;

    /// <summary>
    /// The bytes of a block. Refuses with ArgumentException what a block cannot be: samples out of order, of
    /// different shape, with fractions of a millisecond or negative values, or more than <see cref="BlockLimits"/>.
    /// </summary>
    public static byte[] Encode(MemoryBlock block)
    {
        var encoder = new BlockEncoder(block.BootId, block.Structure, block.Capacity, block.PinState, block.Interval);
        foreach (var sample in block.Samples)
        {
            encoder.Add(sample);
        }

        return encoder.ToBytes();
    }

    /// <summary>The block of these bytes.</summary>
    public static MemoryBlock Decode(ReadOnlySpan<byte> payload)
    {
        var reader = new BlockReader(payload);
        return BlockAssembler.Assemble(ref reader);
    }

    /// <summary>What the block says without its values.</summary>
    public static BlockHeader ReadHeader(ReadOnlySpan<byte> payload)
    {
        var reader = new BlockReader(payload);
        return reader.Instants is [] ? reader.Header : reader.Header with
        {
            First = DateTimeOffset.FromUnixTimeMilliseconds(reader.Instants[0]),
            Last = DateTimeOffset.FromUnixTimeMilliseconds(reader.Instants[^1]),
        };
    }

    /// <summary>
    /// One column of one cell in order of time, without decoding the others. Empty where the block has no such cell
    /// or page size.
    /// </summary>
    public static MemoryPoint[] ReadColumn(ReadOnlySpan<byte> payload, int cell, BlockColumn column)
    {
        var reader = new BlockReader(payload);
        if (!reader.SkipTo(cell, column))
        {
            return [];
        }

        var values = new long[reader.Instants.Length];
        reader.ReadColumn(values);
        var points = new MemoryPoint[values.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new MemoryPoint(reader.Instants[i], ColumnDecoder.Known(values[i]));
        }

        return points;
    }
}
