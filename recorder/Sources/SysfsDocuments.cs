using NumaHistory.Schema.Formats;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources;

/// <summary>
/// Recordings of other machines: a folder, an archive or an archive on standard input, which hold sys/ themselves or in
/// folders of their own, one a machine.
/// </summary>
/// <param name="input">What <c>-</c> stands for.</param>
/// <param name="host">The name of the one host, or null for base names.</param>
/// <param name="at">When the recordings were taken.</param>
public sealed class SysfsDocuments(Stream input, string? host, DateTimeOffset at)
{
    /// <summary>
    /// One item for each machine in the file; what cannot be used is an item too, never an exception.
    /// </summary>
    public async Task<IReadOnlyList<ImportItem>> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            if (Directory.Exists(file))
            {
                return Items(file, Folders(file), folder => (new DirectoryTree(Path.Combine(file, folder)), []));
            }

            await using var stream = file == "-" ? input : Open(file);
            var archive = await TarArchive.ReadAsync(stream, file, cancel);
            return Items(file, archive.Hosts(), folder => (archive.Tree(folder), archive.Problems));
        }
        catch (SourceUnusableException unusable)
        {
            return [new ImportItem(file, null, unusable.Message, unusable.Hint)];
        }
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

    private static FileStream Open(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                throw new SourceUnusableException($"{file}: there is no such file or folder");
            }

            return new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SourceUnusableException($"{file}: cannot be opened: {error.Message}", cause: error);
        }
    }
}
