using System.Globalization;

namespace NumaHistory.Schema.Formats.Processes;

/// <summary>
/// How much memory of a cgroup lies in which cell: memory.numa_stat of either cgroup version and hugetlb.SIZE.numa_stat. Only lines that can
/// be read count; a text without any gives nothing.
/// </summary>
public static class NumaStat
{
    /// <summary>The first version's memory.numa_stat (<c>total=5425 N0=5425</c>), in pages; hugetlb's is written the same way, in bytes.</summary>
    public static IReadOnlyDictionary<int, long> Total(string text) => Sum(text, ["total"], '=');

    /// <summary>The second version's memory.numa_stat (<c>anon N0=4096</c>), in bytes: what is mapped, file pages included.</summary>
    public static IReadOnlyDictionary<int, long> Memory(string text) => Sum(text, ["anon", "file"], ' ');

    private static SortedDictionary<int, long> Sum(string text, string[] names, char end)
    {
        var cells = new SortedDictionary<int, long>();
        foreach (var line in text.Split('\n'))
        {
            if (!Array.Exists(names, name => line.StartsWith(name + end, StringComparison.Ordinal)))
            {
                continue;
            }

            foreach (var word in line.Split(' ').Skip(1))
            {
                if (word.Split('=') is [['N', .. var id], var amount]
                    && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var cell)
                    && long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                {
                    cells[cell] = cells.GetValueOrDefault(cell) + value;
                }
            }
        }

        return cells;
    }
}
