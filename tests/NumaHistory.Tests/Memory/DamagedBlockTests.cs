using System.Buffers.Binary;
using CsCheck;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Tests.Memory;

public sealed class DamagedBlockTests
{
    private static readonly Gen<byte[]> Payloads = AnyBlock.Blocks.Select(BlockCodec.Encode);

    [Fact]
    public void A_block_that_is_cut_anywhere_is_refused() =>
        Gen.Select(Payloads, Gen.Int[0, int.MaxValue]).Sample(
            (payload, at) => Refused(payload[..(at % payload.Length)]), iter: 300);

    [Fact]
    public void A_block_with_one_flipped_bit_is_refused() =>
        Gen.Select(Payloads, Gen.Int[0, int.MaxValue], Gen.Int[0, 7]).Sample(
            (payload, at, bit) =>
            {
                payload[at % payload.Length] ^= (byte)(1 << bit);
                Refused(payload);
            },
            iter: 300);

    [Fact]
    public void Bytes_behind_the_end_are_refused()
    {
        var payload = BlockCodec.Encode(new MemoryBlock(null, null, null, null, null, []));

        Refused([.. payload, 0]);
        Assert.Throws<BlockFormatException>(() => BlockCodec.Decode(Resealed([.. payload[..^4], 0, 0, 0, 0, 0])));
    }

    [Fact]
    public void A_later_version_is_refused_by_its_name()
    {
        var payload = BlockCodec.Encode(new MemoryBlock(null, null, null, null, null, []));
        payload[0] = 2;

        var refusal = Assert.Throws<BlockFormatException>(() => BlockCodec.Decode(payload));

        Assert.Equal("memory block, byte 0: version 2 is not known to this program", refusal.Message);
        Assert.Equal(0, refusal.Offset);
    }

    // The check sum is made good again, so that each part has to defend itself.
    [Fact]
    public void A_forged_block_is_refused_or_is_a_block() =>
        Gen.Select(Payloads, Gen.Int[0, int.MaxValue].Array[1, 4], Gen.Byte.Array[4]).Sample(
            (payload, places, values) =>
            {
                for (var i = 0; i < places.Length; i++)
                {
                    payload[1 + (places[i] % (payload.Length - 5))] = values[i];
                }

                DecodesOrIsRefused(Resealed(payload));
            },
            iter: 2000);

    [Fact]
    public void Any_bytes_at_all_are_refused_or_are_a_block() =>
        Gen.Byte.Array[5, 60].Sample(
            bytes =>
            {
                bytes[0] = BlockCodec.Version;
                DecodesOrIsRefused(Resealed(bytes));
            },
            iter: 5000);

    [Theory]
    [InlineData(new byte[] { 1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0 }, "4294967295 samples, more than 65536")]
    [InlineData(new byte[] { 1, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }, "4294967295 cells, more than 4096")]
    [InlineData(new byte[] { 1, 1, 7 }, "cut off")]
    [InlineData(new byte[] { 1, 64, 0, 0 }, "flags 64 are not known")]
    [InlineData(new byte[] { 1, 0, 128, 128, 128, 128, 128, 128, 128, 128, 128, 2 }, "a number of more than 64 bits")]
    [InlineData(new byte[] { 1, 0, 1, 0, 1, 0xFF, 1, 0 }, "255 bytes, more than 3")]
    [InlineData(new byte[] { 1, 0, 1, 1, 0, 0, 1, 1, 0, 33 }, "column form 33 is not known")]
    [InlineData(new byte[] { 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 2, 5, 5 }, "more bytes than were announced")]
    [InlineData(new byte[] { 1, 0, 2, 1, 0, 0, 1, 2, 0, 0 }, "an instant that is not later than the one before")]
    [InlineData(new byte[] { 1, 0, 2, 1, 0, 0, 1, 2, 0, 2, 1, 2, 0, 1 }, "a value is negative or beyond 63 bits")]
    public void Lengths_and_numbers_that_cannot_be_are_named(byte[] bytes, string what)
    {
        var payload = Resealed([.. bytes, 0, 0, 0, 0]);

        var refusal = Assert.Throws<BlockFormatException>(() => BlockCodec.Decode(payload));

        Assert.EndsWith(": " + what, refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Offset, 1, payload.Length - 4);
    }

    private static void Refused(byte[] payload)
    {
        Assert.Throws<BlockFormatException>(() => BlockCodec.Decode(payload));
        Assert.Throws<BlockFormatException>(() => BlockCodec.ReadHeader(payload));
        Assert.Throws<BlockFormatException>(() => BlockCodec.ReadColumn(payload, 0, BlockColumn.Free));
    }

    private static void DecodesOrIsRefused(byte[] payload)
    {
        try
        {
            var block = BlockCodec.Decode(payload);
            Assert.Equal(BlockText.Of(block), BlockText.Of(BlockCodec.Decode(BlockCodec.Encode(block))));
        }
        catch (BlockFormatException refusal)
        {
            Assert.InRange(refusal.Offset, 0, payload.Length);
        }
    }

    private static byte[] Resealed(byte[] payload)
    {
        var end = payload.Length - sizeof(uint);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(end), BlockCheck.Sum(payload.AsSpan(0, end)));
        return payload;
    }
}
