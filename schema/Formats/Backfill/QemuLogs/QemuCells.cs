using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Backfill.QemuLogs;

/// <summary>The cells a guest sees: <c>-numa node,nodeid=0,cpus=0-1,memdev=ram-node0</c> and <c>-numa dist,src=0,dst=1,val=21</c>.</summary>
internal static class QemuCells
{
    public static IReadOnlyList<GuestCell> Read(IReadOnlyList<QemuOption> options, IReadOnlyList<QemuBackend> backends, Action<string> problem)
    {
        var cells = new SortedDictionary<int, GuestCell>();
        foreach (var option in options.Where(option => Kind(option) == "node"))
        {
            if ((option["nodeid"] is { } id ? QemuNumber.Count(id) : cells.Count) is not { } number)
            {
                problem($"-numa node has no number: '{option["nodeid"]}'; it is left out");
                continue;
            }

            var vcpus = QemuNumber.Set(option.All("cpus"), out var isBad);
            if (isBad)
            {
                problem($"cpus of guest cell {number} is no list; it is left out");
            }

            var backend = backends.FirstOrDefault(backend => backend.Id == option["memdev"]);
            var size = backend?.SizeKiB ?? QemuNumber.KiB(option["mem"], QemuNumber.Mebi);
            cells[number] = new GuestCell(number, vcpus, size, backend?.Mode, backend?.Cells, null);
        }

        return [.. cells.Values.Select(cell => cell with { Distances = Distances(cell.Id, options) })];
    }

    private static List<CellDistance>? Distances(int from, IReadOnlyList<QemuOption> options)
    {
        var distances = options
            .Where(option => Kind(option) == "dist" && QemuNumber.Count(option["src"]) == from)
            .Select(option => (To: QemuNumber.Count(option["dst"]), Value: QemuNumber.Count(option["val"])))
            .Where(one => one is { To: not null, Value: not null })
            .Select(one => new CellDistance(one.To!.Value, one.Value!.Value))
            .ToList();
        return distances.Count > 0 ? distances : null;
    }

    private static string Kind(QemuOption option) => option["type"] ?? option.First;
}
