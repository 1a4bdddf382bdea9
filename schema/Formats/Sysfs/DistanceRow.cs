using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// A nodeN/distance row. The kernel prints one number for every online node, in rising order of id; some recordings
/// keep more columns than nodes, which then stand for node ids.
/// </summary>
public static class DistanceRow
{
    // ACPI: 10 = local, less is reserved, 255 = unreachable; device trees of ARM may say less. The kernel keeps a byte.
    private const int Least = 1;
    private const int Local = 10;
    private const int Largest = 255;

    /// <summary>Distances to the online cells, or null and the reason.</summary>
    /// <param name="text">The row.</param>
    /// <param name="online">Ids of the online cells, rising.</param>
    /// <param name="fault">What is wrong with the row.</param>
    public static IReadOnlyList<CellDistance>? Parse(string text, IReadOnlyList<int> online, out string? fault)
    {
        if (Columns(text, out fault) is not { } columns)
        {
            return null;
        }

        if (columns.Count > 1 && columns[^1] < Local && columns.SkipLast(1).All(distance => distance >= Local))
        {
            fault = $"'{columns[^1]}' at its end looks cut off";
            return null;
        }

        if (columns.Count == online.Count)
        {
            return online.Select((cell, column) => new CellDistance(cell, columns[column])).ToList();
        }

        if (columns.Count > online.Count && online.Count > 0 && online[^1] < columns.Count)
        {
            return online.Select(cell => new CellDistance(cell, columns[cell])).ToList();
        }

        fault = $"has {columns.Count} distances, but {online.Count} cells are online";
        return null;
    }

    private static List<int>? Columns(string text, out string? fault)
    {
        fault = null;
        var columns = new List<int>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var distance)
                || distance is < Least or > Largest)
            {
                fault = $"'{SysReader.Short(word)}' is not a distance";
                return null;
            }

            columns.Add(distance);
        }

        return columns;
    }
}
