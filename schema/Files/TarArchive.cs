using System.Formats.Tar;
using System.IO.Compression;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Files;

/// <summary>
/// A .tar or .tar.gz in memory; nothing is unpacked to disk. Names that lead out of the archive, devices and pipes are
/// left out with a problem; an archive larger than any recording of a host is refused.
/// </summary>
public sealed class TarArchive
{
    private const int MostEntries = 2_000_000;
    private const long MostBytes = 512L << 20;
    private const long LargestFile = 32 << 20;

    private readonly Dictionary<string, TarContent> _entries = new(StringComparer.Ordinal) { [""] = new(Names: []) };
    private readonly List<Problem> _problems = [];
    private readonly List<(string Name, string Target)> _hardLinks = [];
    private long _bytes;

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>
    /// Reads the whole archive; throws <see cref="SourceUnusableException"/> when it is none or cannot be read to its
    /// end.
    /// </summary>
    public static async Task<TarArchive> ReadAsync(Stream stream, string place, CancellationToken cancel)
    {
        var archive = new TarArchive();
        try
        {
            await using var plain = await ArchiveFormat.OpenAsync(stream, place, cancel);
            await using var reader = new TarReader(plain);
            while (await reader.GetNextEntryAsync(copyData: false, cancel) is { } entry)
            {
                await archive.AddAsync(entry, place, cancel);
            }
        }
        catch (Exception error) when (
            error is InvalidDataException or FormatException or EndOfStreamException or IOException
            or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new SourceUnusableException(
                $"{place}: is not a .tar or .tar.gz that can be read to its end", cause: error);
        }

        archive.LinkHard();
        return archive;
    }

    /// <summary>The folders that hold sys/, without those inside another's: "" for the archive itself.</summary>
    public IReadOnlyList<string> Hosts() => HostFolders.In(path => _entries.GetValueOrDefault(path)?.Names);

    public TarTree Tree(string top) => new(_entries, top);

    private async Task AddAsync(TarEntry entry, string place, CancellationToken cancel)
    {
        Count(entry, place);
        if (Clean(entry.Name) is not { } name)
        {
            _problems.Add(new Problem(Shown(entry.Name), null, "leads out of the archive and is left out"));
            return;
        }

        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.DirectoryList:
                Folder(name);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                Put(name, await ContentAsync(entry, cancel));
                break;
            case TarEntryType.SymbolicLink:
                Put(name, new TarContent(Link: entry.LinkName));
                break;
            case TarEntryType.HardLink:
                _hardLinks.Add((name, entry.LinkName));
                break;
            default:
                _problems.Add(new Problem(name, null, "is neither a file, a folder nor a link and is left out"));
                break;
        }
    }

    private void Count(TarEntry entry, string place)
    {
        _bytes += entry.Length;
        if (_entries.Count > MostEntries || _bytes > MostBytes)
        {
            throw new SourceUnusableException($"{place}: is larger than a recording of a host can be");
        }
    }

    private static async Task<TarContent> ContentAsync(TarEntry entry, CancellationToken cancel)
    {
        if (entry.Length > LargestFile)
        {
            return new TarContent(Unreadable: $"it is larger than {LargestFile >> 20} MiB");
        }

        var bytes = new byte[entry.Length];
        if (entry.DataStream is { } data)
        {
            await data.ReadExactlyAsync(bytes, cancel);
        }

        return new TarContent(bytes);
    }

    private void LinkHard()
    {
        foreach (var (name, target) in _hardLinks)
        {
            if (Clean(target) is { } path && _entries.TryGetValue(path, out var content) && content.Bytes is not null)
            {
                Put(name, content);
            }
        }
    }

    private void Put(string name, TarContent content)
    {
        if (name.Length == 0 || _entries.GetValueOrDefault(name)?.Names is not null)
        {
            return;
        }

        var isNew = !_entries.ContainsKey(name);
        _entries[name] = content;
        if (isNew)
        {
            var slash = name.LastIndexOf('/');
            Folder(slash < 0 ? "" : name[..slash])?.Add(name[(slash + 1)..]);
        }
    }

    // A folder may come without an entry of its own, or after what it holds.
    private List<string>? Folder(string name)
    {
        if (!_entries.ContainsKey(name))
        {
            Put(name, new TarContent(Names: []));
        }

        return _entries.GetValueOrDefault(name)?.Names;
    }

    private static string? Clean(string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        return parts.Contains("..") ? null : string.Join('/', parts);
    }

    private static string Shown(string name) => name.Length <= 200 ? name : name[..200];
}
