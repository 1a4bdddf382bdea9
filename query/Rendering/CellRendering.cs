using NumaHistory.Query.Reading;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>
/// Cells as numactl -H orders its facts: CPUs, size, free, distances; trends are keyed by the host's name here.
/// </summary>
internal sealed class CellRendering(DateTimeOffset at, CellTrends trends) : IRendering<CellItem>
{
    public string[] Fields =>
    [
        "host", "id", "cpus", "onlineCpus", "totalKiB", "freeKiB", "reclaimableKiB", "committedKiB", "guests", "distances",
        "pages", "sampledAt",
        "stale", "source",
    ];

    public IEnumerable<object?[]> Records(CellItem item) =>
    [
        [
            item.Host, item.Id, item.Cpus, item.OnlineCpus, item.TotalKiB, item.FreeKiB, item.ReclaimableKiB,
            item.CommittedKiB,
            string.Join(' ', item.Guests),
            item.Distances is null ? null : string.Join(' ', item.Distances.Select(to => $"{to.Cell}:{to.Distance}")),
            item.Pages is null
                ? null
                : string.Join(' ', item.Pages.Select(pool => Show.Pool(pool.SizeKiB, pool.Total, pool.Free))),
            item.SampledAt, item.Stale, item.Source,
        ],
    ];

    public void Write(TextWriter output, IReadOnlyList<CellItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var table = new Table([.. Columns(look)]);
        foreach (var item in items)
        {
            table.Row([.. Values(item, look)]);
        }

        table.Write(output, look, (row, line) => items[row].Stale ? Paint.Yellow(line, look) : line);
    }

    private IEnumerable<Column> Columns(Look look) =>
    [
        "host", Column.Right("cell"), "cpus", Column.Right("size"), Column.Right("free"), Column.Right("reclaimable"),
        Column.Right("used"), Column.Right("committed"),
        "distances", Column.Right("age"),
        .. look.Wide ? new Column[] { "online", "free pages", "sampled", "source" } : [],
        $"used, {Duration.Print(trends.Window)}", "guests",
    ];

    private IEnumerable<object?> Values(CellItem item, Look look) =>
    [
        item.Host,
        item.Id,
        item.Cpus?.ToString(),
        Show.Size(item.TotalKiB, look),
        Show.Size(item.FreeKiB, look),
        Show.Size(item.ReclaimableKiB, look),
        Show.Used(item.TotalKiB, item.FreeKiB),
        Show.Size(item.CommittedKiB, look),
        Show.Distances(item.Distances),
        item.SampledAt is { } sampled ? TimeText.Age(at - sampled) : null,
        .. look.Wide ? Wide(item, look) : [],
        trends.Shares.TryGetValue((item.Host, item.Id), out var shares) ? Sparkline.Of(shares, 0, 1, look.Ascii) : "",
        GuestMarks.Line(item.Placed),
    ];

    private static object?[] Wide(CellItem item, Look look) =>
    [
        item.OnlineCpus?.ToString(),
        item.Pages is null
            ? null
            : string.Join(' ', item.Pages.Select(pool => Show.Pool(pool.SizeKiB, pool.Total, pool.Free))),
        Show.Time(item.SampledAt, look),
        item.Source,
    ];
}
