namespace NumaHistory.Schema.Files;

/// <summary>
/// Finds the recorded machines in a folder or archive: folders that hold sys/, at the top or up to two levels below.
/// </summary>
public static class HostFolders
{
    private const int Deepest = 2;

    /// <summary>The folders, in order of name; a machine is not looked for inside another one.</summary>
    public static IReadOnlyList<string> In(Func<string, IReadOnlyList<string>?> list)
    {
        var found = new List<string>();
        Search("", 0, list, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Search(string folder, int depth, Func<string, IReadOnlyList<string>?> list, List<string> found)
    {
        var names = list(folder) ?? [];
        if (names.Contains("sys") && list(Join(folder, "sys")) is not null)
        {
            found.Add(folder);
            return;
        }

        foreach (var name in depth < Deepest ? names : [])
        {
            Search(Join(folder, name), depth + 1, list, found);
        }
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
