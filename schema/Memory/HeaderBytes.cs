using System.Text;
using System.Text.Unicode;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Memory;

/// <summary>The head of a block: a byte of flags that says what there is, then that.</summary>
internal static class HeaderBytes
{
    private const int HashLength = 32;
    private const int MostBootId = 256;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void CheckBootId(string? bootId)
    {
        if (bootId is not null && Strict.GetByteCount(bootId) > MostBootId)
        {
            throw new ArgumentException($"the boot id has more than {MostBootId} bytes", nameof(bootId));
        }
    }

    public static void Write(BlockBytes output, BlockHeader header)
    {
        var bootId = Guid.TryParseExact(header.BootId, "D", out var id) ? id : default(Guid?);
        var canonical = bootId?.ToString("D") == header.BootId;
        output.Byte((byte)((header.Structure is null ? 0 : HeaderFlags.Structure)
            | (header.Capacity is null ? 0 : HeaderFlags.Capacity)
            | (header.PinState is null ? 0 : HeaderFlags.PinState)
            | (header.Interval is null ? 0 : HeaderFlags.Interval)
            | (header.BootId is null ? 0 : canonical ? HeaderFlags.BootUuid : HeaderFlags.BootText)));
        WriteBootId(output, header.BootId, canonical ? bootId : null);
        output.Bytes(header.Structure?.ToBytes());
        output.Bytes(header.Capacity?.ToBytes());
        output.Bytes(header.PinState?.ToBytes());
        if (header.Interval is { } interval)
        {
            output.Varint(interval.Ticks / TimeSpan.TicksPerMillisecond);
        }

        output.Varint(header.Count);
        CellBytes.Write(output, header.Cells);
    }

    public static BlockHeader Read(ref BlockCursor cursor)
    {
        var flags = (HeaderFlags)cursor.Byte();
        if ((flags & ~HeaderFlags.All) != 0 || (flags & HeaderFlags.AnyBoot) == HeaderFlags.AnyBoot)
        {
            throw cursor.Fault($"flags {(byte)flags} are not known");
        }

        var bootId = ReadBootId(ref cursor, flags);
        var structure = Hash(ref cursor, flags, HeaderFlags.Structure);
        var capacity = Hash(ref cursor, flags, HeaderFlags.Capacity);
        var pinState = Hash(ref cursor, flags, HeaderFlags.PinState);
        TimeSpan? interval = flags.HasFlag(HeaderFlags.Interval)
            ? TimeSpan.FromMilliseconds(cursor.Count(BlockEncoder.LongestInterval, "milliseconds"))
            : null;
        var count = cursor.Count(BlockLimits.Samples, "samples");
        var cells = CellBytes.Read(ref cursor);
        return count <= BlockLimits.SamplesFor(cells.Sum(cell => cell.Columns)) && (count > 0 || cells.Count == 0)
            ? new BlockHeader(bootId, structure, capacity, pinState, interval, count, cells)
            : throw cursor.Fault($"{count} samples of {cells.Count} cells");
    }

    private static void WriteBootId(BlockBytes output, string? text, Guid? uuid)
    {
        if (uuid is { } id)
        {
            output.Bytes(id.ToByteArray(bigEndian: true));
        }
        else if (text is not null)
        {
            var bytes = Strict.GetBytes(text);
            output.Varint(bytes.Length);
            output.Bytes(bytes);
        }
    }

    private static string? ReadBootId(ref BlockCursor cursor, HeaderFlags flags) => (flags & HeaderFlags.AnyBoot) switch
    {
        HeaderFlags.BootUuid => new Guid(cursor.Take(16), bigEndian: true).ToString("D"),
        HeaderFlags.BootText => ReadBootText(ref cursor),
        _ => null,
    };

    private static string ReadBootText(ref BlockCursor cursor)
    {
        var bytes = cursor.Take(cursor.Count(MostBootId, "bytes of a boot id"));
        return Utf8.IsValid(bytes) ? Strict.GetString(bytes) : throw cursor.Fault("the boot id is not UTF-8");
    }

    private static Fingerprint? Hash(ref BlockCursor cursor, HeaderFlags flags, HeaderFlags which) =>
        flags.HasFlag(which) ? Fingerprint.FromBytes(cursor.Take(HashLength)) : null;
}
