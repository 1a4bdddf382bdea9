namespace NumaHistory.Schema.Memory;

/// <summary>Reads what <see cref="BlockBytes"/> wrote, from Offset up to End; never behind it.</summary>
internal ref struct BlockCursor(ReadOnlySpan<byte> bytes, int offset, int end)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes[..end];

    public int Offset { get; private set; } = offset;

    public readonly bool AtEnd => Offset == _bytes.Length;

    public byte Byte() => AtEnd ? throw Fault("cut off") : _bytes[Offset++];

    public ulong Varint()
    {
        var offset = Offset;
        // Most values take one or two bytes.
        if (offset < _bytes.Length && _bytes[offset] < 0x80)
        {
            Offset = offset + 1;
            return _bytes[offset];
        }

        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            if (shift == 63 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Fault("a number of more than 64 bits");
    }

    public long Signed()
    {
        var value = Varint();
        return unchecked((long)(value >> 1) ^ -(long)(value & 1));
    }

    // The bulk of every block, so without a call for each number of one or two bytes.
    public void Signed(Span<long> values)
    {
        var at = Offset;
        foreach (ref var value in values)
        {
            uint raw;
            if (at + 1 < _bytes.Length && (_bytes[at] < 0x80 || _bytes[at + 1] < 0x80))
            {
                raw = _bytes[at++];
                raw = raw < 0x80 ? raw : (raw & 0x7F) | ((uint)_bytes[at++] << 7);
                value = unchecked((int)(raw >> 1) ^ -(int)(raw & 1));
                continue;
            }

            Offset = at;
            value = Signed();
            at = Offset;
        }

        Offset = at;
    }

    public long Natural()
    {
        var value = Varint();
        return value <= long.MaxValue ? (long)value : throw Fault($"{value} is too large");
    }

    public int Count(int most, string what)
    {
        var value = Varint();
        return value <= (ulong)most ? (int)value : throw Fault($"{value} {what}, more than {most}");
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length > _bytes.Length - Offset)
        {
            throw Fault("cut off");
        }

        Offset += length;
        return _bytes.Slice(Offset - length, length);
    }

    // A part whose length is written in front of it; this cursor goes on behind the part.
    public BlockCursor Part()
    {
        var length = Count(_bytes.Length - Offset, "bytes");
        Take(length);
        return new BlockCursor(_bytes, Offset - length, Offset);
    }

    public readonly void Done()
    {
        if (!AtEnd)
        {
            throw Fault("more bytes than were announced");
        }
    }

    public readonly BlockFormatException Fault(string what) => new(Offset, what);
}
