using NumaHistory.Schema.Formats;

namespace NumaHistory.Schema.Files;

/// <summary>
/// One recorded machine inside an archive: the part of it below a folder. Links are followed inside that part only.
/// </summary>
public sealed class TarTree : ITree
{
    private readonly IReadOnlyDictionary<string, TarContent> _entries;
    private readonly Dictionary<string, string?> _resolved = new(StringComparer.Ordinal);
    private readonly string _top;

    internal TarTree(IReadOnlyDictionary<string, TarContent> entries, string top)
    {
        _entries = entries;
        _top = top.Length == 0 ? "" : top + "/";
    }

    /// <inheritdoc/>
    public byte[]? Read(string path, out string? reason)
    {
        var content = Find(path);
        reason = content?.Unreadable;
        return content?.Bytes;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? List(string path, out string? reason)
    {
        reason = null;
        return Find(path)?.Names;
    }

    /// <inheritdoc/>
    public string? LinkTarget(string path)
    {
        var slash = path.LastIndexOf('/');
        var folder = slash < 0 ? "" : Folder(path[..slash]);
        return folder is null ? null : LinkAt(Join(folder, path[(slash + 1)..]));
    }

    private TarContent? Find(string path)
    {
        var slash = path.LastIndexOf('/');
        var folder = slash < 0 ? "" : Folder(path[..slash]);
        var inside = folder is null ? null : Join(folder, path[(slash + 1)..]);
        inside = inside is not null && LinkAt(inside) is not null ? TreePath.Resolve(inside, LinkAt) : inside;
        return inside is null ? null : _entries.GetValueOrDefault(_top + inside);
    }

    private string? Folder(string path)
    {
        if (!_resolved.TryGetValue(path, out var resolved))
        {
            _resolved[path] = resolved = TreePath.Resolve(path, LinkAt);
        }

        return resolved;
    }

    private string? LinkAt(string path) => _entries.GetValueOrDefault(_top + path)?.Link;

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
