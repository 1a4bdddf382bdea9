using System.Globalization;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>/proc/zoneinfo: the pages that the kernel manages, by node and zone.</summary>
public static class ZoneInfoText
{
    // 2^48 pages are more than any machine has and still far from overflow.
    private const long MostPages = 1L << 48;

    /// <summary>Pages by node id. A zone without its count leaves its node out.</summary>
    public static IReadOnlyDictionary<int, ZoneMemory> Parse(ReadOnlySpan<char> text)
    {
        var nodes = new Dictionary<int, ZoneMemory>();
        var broken = new HashSet<int>();
        var (node, isMovable, pages) = (-1, false, -1L);
        foreach (var raw in text.EnumerateLines())
        {
            var line = raw.Trim();
            if (TryZone(line, out var nextNode, out var nextIsMovable))
            {
                Add(nodes, broken, node, isMovable, pages);
                (node, isMovable, pages) = (nextNode, nextIsMovable, -1);
            }
            else if (TryCount(line, "managed", out var managed))
            {
                pages = managed;
            }
            else if (pages < 0 && TryCount(line, "present", out var present))
            {
                // Kernels before 3.9 do not print "managed".
                pages = present;
            }
        }

        Add(nodes, broken, node, isMovable, pages);
        return nodes.Where(known => !broken.Contains(known.Key)).ToDictionary();
    }

    private static void Add(
        Dictionary<int, ZoneMemory> nodes, HashSet<int> broken, int node, bool isMovable, long pages)
    {
        if (node >= 0 && pages < 0)
        {
            broken.Add(node);
        }
        else if (node >= 0)
        {
            var sum = nodes.GetValueOrDefault(node, new ZoneMemory(0, 0));
            nodes[node] = new ZoneMemory(sum.Pages + pages, sum.MovablePages + (isMovable ? pages : 0));
        }
    }

    private static bool TryZone(ReadOnlySpan<char> line, out int node, out bool isMovable)
    {
        (node, isMovable) = (-1, false);
        var comma = line.IndexOf(", zone");
        if (comma < 0 || !line.StartsWith("Node ") || !int.TryParse(line[5..comma], NumberStyles.None, null, out node))
        {
            return false;
        }

        isMovable = line[(comma + ", zone".Length)..].Trim() is "Movable";
        return true;
    }

    private static bool TryCount(ReadOnlySpan<char> line, string name, out long count)
    {
        count = 0;
        return line.StartsWith(name)
            && line.Length > name.Length
            && line[name.Length] == ' '
            && long.TryParse(line[name.Length..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out count)
            && count <= MostPages;
    }
}
