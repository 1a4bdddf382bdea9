using System.Globalization;

namespace NumaHistory.Schema.Formats.Processes;

/// <summary>
/// How much memory of a process lies in which cell, from its /proc/PID/numa_maps, huge pages included, in KiB. Reading it makes the kernel
/// walk all page tables of the process while it waits: on demand only.
/// </summary>
public static class NumaMaps
{
    /// <summary>The sum over all mappings; lines without pages say nothing.</summary>
    public static IReadOnlyDictionary<int, long> KiB(string text)
    {
        var cells = new SortedDictionary<int, long>();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ');
            var page = words.Select(word => word.Split('=')).Where(pair => pair is ["kernelpagesize_kB", _]).Select(pair => Number(pair[1])).FirstOrDefault() ?? 4;
            foreach (var word in words)
            {
                if (word.Split('=') is [['N', .. var id], var amount] && Number(id) is { } cell && cell <= int.MaxValue && Number(amount) is { } pages)
                {
                    cells[(int)cell] = cells.GetValueOrDefault((int)cell) + (pages * page);
                }
            }
        }

        return cells;
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
