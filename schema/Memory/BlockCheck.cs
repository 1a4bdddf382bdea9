using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NumaHistory.Schema.Memory;

/// <summary>
/// CRC-32C of a block, its last four bytes: a flipped bit in a difference would else be a wrong number.
/// </summary>
internal static class BlockCheck
{
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            var little = BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
            sum = BitOperations.Crc32C(sum, little);
        }

        foreach (var one in bytes[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return ~sum;
    }
}
