using NumaHistory.Schema.Files;
using NumaHistory.Schema.Formats;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources;

/// <summary>
/// Recordings of other machines: a folder or an archive, which hold sys/ themselves or in folders of their own, one a machine.
/// </summary>
/// <param name="host">The name of the one host, or null for base names.</param>
/// <param name="at">When the recordings were taken.</param>
public sealed class SysfsDocuments(string? host, DateTimeOffset at)
{
    /// <summary>Whether the folder holds recorded machines.</summary>
    public static bool Holds(string folder) => Folders(folder).Count > 0;

    /// <summary>One item for each machine in the folder; one that cannot be used is an item too.</summary>
    public IReadOnlyList<ImportItem> Folder(string folder) =>
        Items(folder, Folders(folder), inside => (new DirectoryTree(Path.Combine(folder, inside)), []));

    /// <summary>One item for each machine in the archive.</summary>
    public async Task<IReadOnlyList<ImportItem>> ArchiveAsync(string file, Stream stream, CancellationToken cancel)
    {
        var archive = await TarArchive.ReadAsync(stream, file, cancel);
        return Items(file, archive.Hosts(), folder => (archive.Tree(folder), archive.Problems));
    }

    private List<ImportItem> Items(
        string file, IReadOnlyList<string> folders, Func<string, (ITree Tree, IReadOnlyList<Problem> Problems)> open)
    {
        if (folders.Count == 0)
        {
            throw new SourceUnusableException(
                $"{file}: holds no folder sys/", "a recording is a folder or .tar.gz that holds sys/ and proc/");
        }

        return folders.Count == 1
            ? [Item(file, file, open(folders[0]))]
            : folders.Select(folder => Item($"{file.TrimEnd('/')}/{folder}", folder, open(folder))).ToList();
    }

    private ImportItem Item(string file, string named, (ITree Tree, IReadOnlyList<Problem> Problems) opened)
    {
        try
        {
            var reading = SysfsHost.Read(opened.Tree);
            var observation = SysfsObservation.Of(reading, file, host ?? HostName.BaseName(named), at);
            return new ImportItem(file, observation with { Problems = [.. opened.Problems, .. observation.Problems] });
        }
        catch (SourceUnusableException unusable)
        {
            return new ImportItem(file, null, unusable.Message, unusable.Hint);
        }
    }

    private static IReadOnlyList<string> Folders(string root)
    {
        var tree = new DirectoryTree(root);
        return HostFolders.In(path => tree.List(path, out _));
    }
}
