using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>Reads what the HMAT says of a node: nodeN/accessC/initiators and nodeN/memory_side_cache/indexL.</summary>
internal static class CellAccessReader
{
    private const long MostNs = 1L << 40;
    private const long MostBytes = 1L << 60;
    private static readonly string[] Indexings = ["direct-map", "indexed", "other"];
    private static readonly string[] Policies = ["write-back", "write-through", "other"];

    public static IReadOnlyList<CellAccess> Access(SysReader reader, string folder, IReadOnlyList<string> names) =>
        Numbers(names, "access").Select(number => Class(reader, folder, number)).OfType<CellAccess>().ToList();

    public static IReadOnlyList<MemorySideCache> Caches(SysReader reader, string folder, IReadOnlyList<string> names)
    {
        const string caches = "memory_side_cache";
        var levels = names.Contains(caches) ? reader.Numbers($"{folder}/{caches}", "index") : null;
        return levels?.Select(level => Cache(reader, $"{folder}/{caches}/index{level}", level)).ToList() ?? [];
    }

    private static CellAccess? Class(SysReader reader, string folder, int number)
    {
        var path = $"{folder}/access{number}/initiators";
        if (reader.Folder(path) is not { } names)
        {
            return null;
        }

        return new CellAccess(
            number,
            CpuSet.Of(Numbers(names, "node")),
            reader.Number($"{path}/read_latency", 0, MostNs),
            reader.Number($"{path}/write_latency", 0, MostNs),
            reader.Number($"{path}/read_bandwidth", 0, MostNs),
            reader.Number($"{path}/write_bandwidth", 0, MostNs));
    }

    private static MemorySideCache Cache(SysReader reader, string path, int level) => new(
        level,
        reader.Number($"{path}/size", 0, MostBytes) is { } bytes ? bytes / 1024 : null,
        reader.Number($"{path}/line_size", 0, int.MaxValue) is { } line ? (int)line : null,
        Word(reader, $"{path}/indexing", Indexings),
        Word(reader, $"{path}/write_policy", Policies));

    private static string? Word(SysReader reader, string path, string[] words) =>
        reader.Number(path, 0, words.Length - 1) is { } number ? words[number] : null;

    private static List<int> Numbers(IReadOnlyList<string> names, string prefix)
    {
        var numbers = new List<int>();
        foreach (var name in names)
        {
            if (SysReader.TryNumber(name, prefix, out var number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }
}
