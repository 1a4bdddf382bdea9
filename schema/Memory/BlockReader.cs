using System.Buffers.Binary;

namespace NumaHistory.Schema.Memory;

/// <summary>Walks through a payload: head and instants at once, then column after column, read or skipped.</summary>
internal ref struct BlockReader
{
    private BlockCursor _cursor;

    public BlockReader(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            throw new BlockFormatException(0, "there are no bytes");
        }

        if (payload[0] != BlockCodec.Version)
        {
            throw new BlockFormatException(0, $"version {payload[0]} is not known to this program");
        }

        var end = payload.Length - sizeof(uint);
        if (end < 1 || BinaryPrimitives.ReadUInt32LittleEndian(payload[end..]) != BlockCheck.Sum(payload[..end]))
        {
            throw new BlockFormatException(Math.Max(end, 0), "cut off or damaged: the check sum does not agree");
        }

        _cursor = new BlockCursor(payload, 1, end);
        Header = HeaderBytes.Read(ref _cursor);
        var interval = Header.Interval?.Ticks / TimeSpan.TicksPerMillisecond;
        Instants = InstantsDecoder.Read(ref _cursor, Header.Count, interval);
    }

    public BlockHeader Header { get; }

    /// <summary>Milliseconds since 1970 UTC.</summary>
    public long[] Instants { get; }

    public void ReadColumn(Span<long> values) => ColumnDecoder.Read(ref _cursor, values);

    public readonly void Done() => _cursor.Done();

    // False where there is no such column.
    public bool SkipTo(int cell, BlockColumn column)
    {
        foreach (var own in Header.Cells)
        {
            var skipped = own.Id == cell ? column.Within(own) : own.Columns;
            for (var i = 0; i < skipped; i++)
            {
                ColumnDecoder.Skip(ref _cursor);
            }

            if (own.Id == cell)
            {
                return skipped >= 0;
            }
        }

        return false;
    }
}
