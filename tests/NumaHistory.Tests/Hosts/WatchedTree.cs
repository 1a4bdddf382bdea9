using NumaHistory.Schema.Formats;

namespace NumaHistory.Tests.Hosts;

/// <summary>A tree that remembers which files were read, and that can give other bytes for one of them.</summary>
internal sealed class WatchedTree(ITree tree, string? damaged = null, byte[]? bytes = null, string? unreadable = null)
    : ITree
{
    public SortedSet<string> Read { get; } = new(StringComparer.Ordinal);

    byte[]? ITree.Read(string path, out string? reason)
    {
        var found = tree.Read(path, out reason);
        if (found is null)
        {
            return null;
        }

        Read.Add(path);
        if (path != damaged)
        {
            return found;
        }

        reason = unreadable;
        return unreadable is null ? bytes : null;
    }

    public IReadOnlyList<string>? List(string path, out string? reason) => tree.List(path, out reason);

    public string? LinkTarget(string path) => tree.LinkTarget(path);
}
