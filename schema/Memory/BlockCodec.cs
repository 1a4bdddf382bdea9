namespace NumaHistory.Schema.Memory;

/// <summary>The binary form of a <see cref="MemoryBlock"/>. decode(encode(block)) = block.</summary>
public static class BlockCodec
{
    /// <summary>The version this program writes; byte 0 of the payload.</summary>
    public const byte Version = 1;
}
