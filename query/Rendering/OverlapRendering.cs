using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Overlaps, one a line: where, from when to when, who was there and who came second.</summary>
internal sealed class OverlapRendering : IRendering<OverlapItem>
{
    public string[] Fields => ["host", "cpus", "from", "until", "first", "second", "secondWho", "secondWhy", "secondEvent"];

    public IEnumerable<object?[]> Records(OverlapItem item) =>
    [
        [
            item.Host, item.Cpus, item.From, item.Until, item.First.Guest, item.Second.Guest, item.Second.Who, item.Second.Why, item.Second.Event,
        ],
    ];

    public void Write(TextWriter output, IReadOnlyList<OverlapItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var table = new Table(["host", "cpus", "from", "until", "first", "second", "by", "why", .. look.Wide ? new Column[] { "event" } : []]);
        foreach (var item in items)
        {
            table.Row(
            [
                item.Host,
                item.Cpus.ToString(),
                Show.Time(item.From, look),
                item.Until is { } until ? Show.Time(until, look) : "still",
                Side(item.First),
                Side(item.Second),
                item.Second.Who ?? "",
                item.Second.Why ?? "",
                .. look.Wide ? new object?[] { item.Second.Event } : [],
            ]);
        }

        table.Write(output, look, (row, line) => items[row].Until is null ? Paint.Red(line, look) : line);
    }

    private static string Side(OverlapSideItem side) =>
        $"{side.Guest} {(side.Thread is "emulator" or "reserved" ? side.Thread : $"{side.Thread} {side.Number}")} {side.Layer}{(side.Exclusive ? " exclusive" : "")}";
}
