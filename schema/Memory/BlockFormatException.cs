namespace NumaHistory.Schema.Memory;

/// <summary>
/// Bytes that are no memory block this program knows: cut off, damaged, or of a later version. Offset = where it was
/// seen.
/// </summary>
public sealed class BlockFormatException(int offset, string what)
    : FormatException($"memory block, byte {offset}: {what}")
{
    /// <summary>The byte at which reading stopped, from 0.</summary>
    public int Offset { get; } = offset;
}
