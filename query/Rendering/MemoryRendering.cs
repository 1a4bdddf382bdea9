using NumaHistory.Query.Reading;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Free memory per cell and step, one a line; only the figures that were asked for.</summary>
internal sealed class MemoryRendering(MemorySpan span) : IRendering<MemoryItem>
{
    public string[] Fields => ["host", "cell", "from", "to", "source", "samples", "min", "avg", "max", "p05"];

    public IEnumerable<object?[]> Records(MemoryItem item) =>
        [[item.Host, item.Cell, item.From, item.To, item.Source, item.Samples, item.Min, item.Avg, item.Max, item.P05]];

    public void Write(TextWriter output, IReadOnlyList<MemoryItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var table = new Table(
        [
            "host", "cell", "from", .. look.Wide ? new Column[] { "to" } : [], "samples",
            .. span.Figures.Select(figure => Column.Right($"free {figure}")), "source",
        ]);
        foreach (var item in items)
        {
            table.Row(
            [
                item.Host, item.Cell, Show.Time(item.From, look),
                .. look.Wide ? new object?[] { Show.Time(item.To, look) } : [],
                item.Samples, .. span.Figures.Select(figure => Show.Size(Figure(item, figure), look)), item.Source,
            ]);
        }

        table.Write(output, look);
    }

    private static long? Figure(MemoryItem item, string figure) => figure switch
    {
        "min" => item.Min,
        "avg" => item.Avg,
        "max" => item.Max,
        _ => item.P05,
    };
}
