using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

/// <summary>A topology as a table: one cell a line.</summary>
internal sealed class TopologyRendering : IRendering<TopologyItem>
{
    public string[] Fields =>
    [
        "host", "since", "until", "source", "cell", "sockets", "cpus", "onlineCpus", "memoryKiB", "pages", "distances",
        "tier", "group",
    ];

    public IEnumerable<object?[]> Records(TopologyItem item) => (item.Cells ?? []).Select(cell => new object?[]
    {
        item.Host, item.Since, item.Until, item.Source, cell.Id, CellCpus.Sockets(item, cell), cell.Cpus,
        cell.OnlineCpus, cell.MemoryKiB,
        Pools(cell),
        cell.Distances is null ? null : string.Join(' ', cell.Distances.Select(to => $"{to.Cell}:{to.Distance}")),
        cell.Tier, cell.Group,
    });

    public void Write(TextWriter output, IReadOnlyList<TopologyItem> items, Look look)
    {
        foreach (var item in items)
        {
            Write(output, item, look);
        }
    }

    private static void Write(TextWriter output, TopologyItem item, Look look)
    {
        var table = new Table(
        [
            "host", Column.Right("cell"), "sockets", "cpus", "online", "cores", Column.Right("memory"), "huge pages",
            "distances", "devices",
            .. look.Wide ? new Column[] { "tier", "since", "until", "source" } : [],
        ]);
        foreach (var cell in item.Cells ?? [])
        {
            table.Row(
            [
                item.Host, cell.Id, CellCpus.Sockets(item, cell)?.ToString(), cell.Cpus?.ToString(),
                cell.OnlineCpus?.ToString(),
                CellCpus.Cores(item, cell)?.Count, Show.Size(cell.MemoryKiB, look), Pools(cell),
                Show.Distances(cell.Distances),
                item.Devices?.Count(device => device.Cell == cell.Id),
                .. look.Wide ? Wide(item, cell, look) : [],
            ]);
        }

        table.Write(output, look);
    }

    private static object?[] Wide(TopologyItem item, Cell cell, Look look) =>
        [cell.Tier, Show.Time(item.Since, look), item.Until is null ? "" : Show.Time(item.Until, look), item.Source];

    private static string? Pools(Cell cell) => cell.Pages is null
        ? null
        : string.Join(' ', cell.Pages.Where(pool => pool.Total != 0).Select(Show.Pool));
}
