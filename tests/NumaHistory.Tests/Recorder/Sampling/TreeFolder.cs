using System.Formats.Tar;
using System.IO.Compression;

namespace NumaHistory.Tests.Recorder.Sampling;

/// <summary>
/// A folder of its own with the files that a sampler reads: out of a recorded host, or written by the test.
/// </summary>
internal sealed class TreeFolder : IDisposable
{
    private static readonly string[] Wanted =
        ["sys/devices/system/node/", "sys/kernel/mm/", "sys/devices/system/cpu/online", "proc/meminfo"];

    public string Root { get; } = Directory.CreateTempSubdirectory("numa-tree-").FullName;

    public static TreeFolder Unpack(string archive)
    {
        var folder = new TreeFolder();
        using var file = File.OpenRead(archive);
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(plain);
        while (tar.GetNextEntry() is { } entry)
        {
            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && IsWanted(name))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(folder.At(name))!);
                entry.ExtractToFile(folder.At(name), overwrite: true);
            }
            else if (entry.EntryType is TarEntryType.Directory && IsWanted(name))
            {
                Directory.CreateDirectory(folder.At(name));
            }
        }

        return folder;
    }

    public string At(string path) => Path.Combine(Root, path);

    private static bool IsWanted(string name) =>
        Array.Exists(Wanted, start => name.StartsWith(start, StringComparison.Ordinal));

    // Written in place, as the kernel does: the open handles see it.
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
