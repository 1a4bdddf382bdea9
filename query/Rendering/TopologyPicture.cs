using System.Globalization;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

/// <summary>
/// A host as a picture: sockets around cells around cores, memory and devices where they belong, then the distances. A
/// cell that is on no socket, or on several, stands by itself.
/// </summary>
internal sealed class TopologyPicture
{
    private const int Width = 96;
    private const int MostDevices = 8;

    private readonly TopologyItem _item;
    private readonly ILookup<int, PlacedGuestItem> _guests;
    private readonly Look _look;

    private TopologyPicture(TopologyItem item, ILookup<int, PlacedGuestItem> guests, Look look) => (_item, _guests, _look) = (item, guests, look);

    public static void Write(TextWriter output, TopologyItem item, ILookup<int, PlacedGuestItem> guests, Look look)
    {
        output.Write(Paint.Bold(Cleaned.Text(item.Host), look) + Headline(item, look) + "\n");
        foreach (var line in new TopologyPicture(item, guests, look).Groups(item.Cells ?? [], 0, Width).Lines)
        {
            output.Write(line.TrimEnd() + "\n");
        }

        foreach (var line in Legend(item))
        {
            output.Write(Paint.Dim(Cleaned.Text(line), look) + "\n");
        }

        DistancePicture.Write(output, item.Cells ?? [], look);
    }

    private static string Headline(TopologyItem item, Look look)
    {
        var cells = item.Cells ?? [];
        var sockets =
            item.CpuInfo?.Select(cpu => cpu.Socket).OfType<int>().Where(socket => socket >= 0).Distinct().Count() ?? 0;
        var sizes = cells.Select(cell => cell.MemoryKiB).ToList();
        string?[] words =
        [
            sockets > 0 ? Count(sockets, "socket") : null,
            Count(cells.Count, "cell"),
            item.Cpus.Online is { } online ? $"{Count(online.Count, "CPU")} online" : null,
            sizes.Contains(null) ? null : Show.Size(sizes.Sum(), look),
            item.Source,
            item.Since is null ? null : "since " + Show.Time(item.Since, look),
            item.Until is null ? null : "until " + Show.Time(item.Until, look),
        ];
        return ": " + string.Join(", ", words.OfType<string>());
    }

    // Cells inside cells are frames inside frames; what lies in no group is drawn by sockets.
    private Box Groups(IReadOnlyList<Cell> cells, int depth, int width)
    {
        var groups = cells.Where(cell => Group(cell, depth) is not null).GroupBy(cell => Group(cell, depth)!).ToList();
        var loose = cells.Where(cell => Group(cell, depth) is null).ToList();
        return groups.Count == 0
            ? Sockets(loose, width)
            : Box.Flow(
                [
                    .. groups.Select(group =>
                        Groups([.. group], depth + 1, width - 4).Framed(Cleaned.Text($"group {group.Key}"), _look.Ascii)),
                    .. loose.Count == 0 ? Array.Empty<Box>() : [Sockets(loose, width)],
                ],
                width);
    }

    private static string? Group(Cell cell, int depth) =>
        cell.Group?.Split('/') is { } path && depth < path.Length ? string.Join('/', path[..(depth + 1)]) : null;

    private Box Sockets(IReadOnlyList<Cell> cells, int width)
    {
        var groups = cells
            .GroupBy(cell => CellCpus.Sockets(_item, cell) is { Count: 1 } one ? one.First : (int?)null)
            .OrderBy(group => group.Key ?? int.MaxValue);
        return Box.Flow(
            [
                .. groups.SelectMany(group => group.Key is { } socket
                    ? [Cells(group, width - 4).Framed($"socket {socket}", _look.Ascii)]
                    : group.Select(cell => Draw(cell))),
            ],
            width);
    }

    private Box Cells(IEnumerable<Cell> cells, int width) =>
        Box.Flow([.. cells.Select(cell => Draw(cell))], width);

    private Box Draw(Cell cell) => CellPicture.Draw(_item, cell, [.. _guests[cell.Id]], _look);

    private static IEnumerable<string> Legend(TopologyItem item)
    {
        if (item.Cpus.Online is { } online && item.Cpus.Present?.Except(online) is { IsEmpty: false } offline)
        {
            yield return $"offline: CPUs {offline}";
        }

        if (item.Cpus.Isolated is { IsEmpty: false } isolated)
        {
            yield return $"isolated, marked *: CPUs {isolated}";
        }

        var homeless = item.Devices?.Where(
            device => item.Cells?.Any(cell => cell.Id == device.Cell) != true).ToList() ?? [];
        if (homeless.Count > 0)
        {
            yield return $"on no known cell: {DeviceText.Of(homeless, MostDevices)}";
        }
    }

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
