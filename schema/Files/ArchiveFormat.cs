using System.IO.Compression;

namespace NumaHistory.Schema.Files;

/// <summary>
/// Tells by its first bytes whether an archive is compressed, and how; endings of names are not asked.
/// </summary>
internal static class ArchiveFormat
{
    private const int HeadLength = 6;

    private static readonly (byte[] Head, string Name)[] Foreign =
    [
        ([0x42, 0x5a, 0x68], "bzip2"), ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz"), ([0x28, 0xb5, 0x2f, 0xfd], "zstd"),
        ([0x50, 0x4b, 0x03, 0x04], "zip"),
    ];

    /// <summary>The plain tar behind the stream.</summary>
    public static async Task<Stream> OpenAsync(Stream stream, string place, CancellationToken cancel)
    {
        var head = new byte[HeadLength];
        var length = await stream.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancel);
        var whole = new HeadedStream(head.AsMemory(0, length), stream);
        if (length == 0)
        {
            throw new SourceUnusableException($"{place}: is empty");
        }

        var foreign = Foreign.FirstOrDefault(format => head.AsSpan(0, length).StartsWith(format.Head)).Name;
        if (foreign is not null)
        {
            throw new SourceUnusableException(
                $"{place}: is packed with {foreign}, which is not read here",
                "unpack it and give the folder, or pack it as .tar.gz");
        }

        return head is [0x1f, 0x8b, ..] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }
}
