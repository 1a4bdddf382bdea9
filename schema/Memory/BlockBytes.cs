using System.Numerics;

namespace NumaHistory.Schema.Memory;

/// <summary>Bytes that grow at their end; the writing half of <see cref="BlockCursor"/>.</summary>
internal sealed class BlockBytes
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public static ulong ZigZag(long value) => unchecked((ulong)(value << 1) ^ (ulong)(value >> 63));

    public static int VarintLength(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    public void Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void Varint(ulong value)
    {
        var room = Room(10);
        var at = 0;
        while (value >= 0x80)
        {
            room[at++] = (byte)((value & 0x7F) | 0x80);
            value >>= 7;
        }

        room[at] = (byte)value;
        Length += at + 1;
    }

    public void Varint(long value) => Varint((ulong)value);

    public void Signed(long value) => Varint(ZigZag(value));

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void Clear() => Length = 0;

    private Span<byte> Room(int bytes)
    {
        if (Length + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + bytes, Math.Max(32, _bytes.Length * 2)));
        }

        return _bytes.AsSpan(Length);
    }
}
