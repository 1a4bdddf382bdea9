using NumaHistory.Schema.Formats;

namespace NumaHistory.Schema.Files;

/// <summary>
/// A folder that holds sys/ and proc/: this machine at <c>/</c>, or a recording whose links stay inside it.
/// </summary>
public sealed class DirectoryTree(string root) : ITree
{
    // /proc/cpuinfo of 4096 CPUs has about 8 MB.
    private const int LargestFile = 32 << 20;

    private readonly string _root = Path.GetFullPath(root);
    private readonly bool _isMachine = Path.GetFullPath(root) == "/";
    private readonly Dictionary<string, string?> _folders = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public byte[]? Read(string path, out string? reason)
    {
        reason = null;
        try
        {
            return Locate(path) is { } file ? FileBytes.Read(file, LargestFile, out reason) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            reason = Reason(error);
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? List(string path, out string? reason)
    {
        reason = null;
        try
        {
            return Locate(path) is { } folder && Directory.Exists(folder)
                ? Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).ToList()
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            reason = Reason(error);
            return null;
        }
    }

    /// <inheritdoc/>
    public string? LinkTarget(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? LinkAt(path)
            : Folder(path[..slash]) is { } folder ? LinkAt(Join(folder, path[(slash + 1)..]))
            : null;
    }

    // The full path without links that lead out, or null for a loop of links.
    private string? Locate(string path)
    {
        if (_isMachine)
        {
            return $"/{path}";
        }

        var slash = path.LastIndexOf('/');
        var folder = slash < 0 ? "" : Folder(path[..slash]);
        var inside = folder is null ? null : Join(folder, path[(slash + 1)..]);
        if (inside is not null && LinkAt(inside) is not null)
        {
            inside = TreePath.Resolve(inside, LinkAt);
        }

        return inside is null ? null : Path.Combine(_root, inside);
    }

    private string? Folder(string path)
    {
        if (_isMachine)
        {
            return path;
        }

        if (!_folders.TryGetValue(path, out var resolved))
        {
            // Its own folder is known already in nearly every case: one question a folder, not one a name in the path.
            var slash = path.LastIndexOf('/');
            var parent = slash < 0 ? "" : Folder(path[..slash]);
            var inside = parent is null ? null : Join(parent, path[(slash + 1)..]);
            _folders[path] = resolved = inside is not null && LinkAt(inside) is not null
                ? TreePath.Resolve(inside, LinkAt)
                : inside;
        }

        return resolved;
    }

    private string? LinkAt(string path)
    {
        try
        {
            return new FileInfo(Path.Combine(_root, path)).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static string Reason(Exception error) =>
        error is UnauthorizedAccessException ? "permission denied" : error.Message.Split(" : '")[0].TrimEnd('.');
}
