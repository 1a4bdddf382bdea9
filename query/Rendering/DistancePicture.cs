using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

/// <summary>Distances as a square, from the cell of the row to the cell of the column; <c>?</c> is not known.</summary>
internal static class DistancePicture
{
    public static void Write(TextWriter output, IReadOnlyList<Cell> cells, Look look)
    {
        if (cells.Count < 2 || cells.All(cell => cell.Distances is null))
        {
            return;
        }

        output.Write("distances" + string.Concat(cells.Select(to => Number(to.Id))) + "\n");
        foreach (var from in cells)
        {
            var row = cells.Select(
                to => Painted(from.Distances?.FirstOrDefault(distance => distance.Cell == to.Id)?.Distance, look));
            output.Write(Number(from.Id, "distances".Length) + string.Concat(row) + "\n");
        }
    }

    private static string Painted(int? distance, Look look) => distance switch
    {
        null => Number(null),
        10 => Paint.Green(Number(distance), look),
        255 => Paint.Red(Number(distance), look),
        _ => Number(distance),
    };

    private static string Number(int? number, int width = 5) =>
        (number?.ToString(CultureInfo.InvariantCulture) ?? "?").PadLeft(width);
}
