using System.Formats.Tar;
using System.Text;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;

namespace NumaHistory.Tests.Hosts;

/// <summary>Archives of a few files, for one fact each. A text that begins with -> is a link.</summary>
internal static class ArchivedTree
{
    private const string Link = "->";

    /// <summary>A tree of these files.</summary>
    public static TarTree Of(params (string Path, string Text)[] files) =>
        TarArchive.ReadAsync(new MemoryStream(Archive(files)), "small.tar", CancellationToken.None).Result.Tree("");

    /// <summary>The bytes of a .tar of these files.</summary>
    public static byte[] Archive(params (string Path, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                writer.WriteEntry(text.StartsWith(Link, StringComparison.Ordinal)
                    ? new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = text[Link.Length..] }
                    : new PaxTarEntry(TarEntryType.RegularFile, path)
                    {
                        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    });
            }
        }

        return bytes.ToArray();
    }
}
