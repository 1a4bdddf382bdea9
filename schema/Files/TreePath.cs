namespace NumaHistory.Schema.Files;

/// <summary>
/// Follows symbolic links the way the recorded machine would: an absolute target starts at the tree's root, and ".."
/// stops there, so that no link of a recording leads to a file of this machine.
/// </summary>
internal static class TreePath
{
    // Linux gives up at 40 as well.
    private const int MostLinks = 40;

    /// <summary>The path without links in it, or null for a loop. The last name is followed too.</summary>
    /// <param name="path">Relative to the root.</param>
    /// <param name="linkAt">The target of the link at a path whose folders are no links, or null.</param>
    public static string? Resolve(string path, Func<string, string?> linkAt)
    {
        var rest = new Stack<string>(Parts(path).Reverse());
        var done = new List<string>();
        for (var links = 0; rest.TryPop(out var part);)
        {
            if (part == "..")
            {
                done.RemoveRange(Math.Max(0, done.Count - 1), Math.Min(1, done.Count));
                continue;
            }

            done.Add(part);
            if (linkAt(string.Join('/', done)) is not { } target)
            {
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            Follow(target, done, rest);
        }

        return string.Join('/', done);
    }

    private static void Follow(string target, List<string> done, Stack<string> rest)
    {
        done.RemoveAt(done.Count - 1);
        if (target.StartsWith('/'))
        {
            done.Clear();
        }

        foreach (var name in Parts(target).Reverse())
        {
            rest.Push(name);
        }
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
}
