using NumaHistory.Query.Reading;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>The audit log, one event a line.</summary>
internal sealed class HistoryRendering(IReadOnlyList<HistoryEntry> entries, Func<string, string> hostName) : IRendering<HistoryItem>
{
    public string[] Fields =>
        ["position", "observedAt", "recordedAt", "type", "host", "guest", "who", "why", "data", "id"];

    public IEnumerable<object?[]> Records(HistoryItem item) =>
    [
        [
            item.Position, item.ObservedAt, item.RecordedAt, item.Type, item.Host, item.Guest, item.Who, item.Why,
            item.Data?.GetRawText(),
            item.Id,
        ],
    ];

    public void Write(TextWriter output, IReadOnlyList<HistoryItem> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var table = new Table(
        [
            "position", "observed", "recorded", "type", "host", "who", "why", "fact",
            .. look.Wide ? new Column[] { "source", "id" } : [],
        ]);
        var before = new Dictionary<string, GuestPins>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var item = entry.Item;
            table.Row(
            [
                item.Position, Show.Time(item.ObservedAt, look), Show.Time(item.RecordedAt, look), item.Type, item.Host,
                item.Who ?? "",
                item.Why ?? "", entry.Fact is IGuestFact guest ? Guest(guest, before) : Fact(entry, look),
                .. look.Wide ? new object?[] { Source(entry), item.Id } : [],
            ]);
        }

        table.Write(output, look, (row, line) => Painted(items[row].Type, line, look));
    }

    // The pinning that this one takes the place of: of the same guest, and of the same layer and host where it was seen.
    private string Guest(IGuestFact fact, Dictionary<string, GuestPins> before)
    {
        var (kind, pins) = fact switch
        {
            PinningObserved seen => ($"{seen.Guest} {seen.Host} {seen.Layer}", seen.Pins),
            PinningDecided decided => ($"{decided.Guest}", decided.Pins),
            _ => ("", null),
        };
        var text = PinningSummary.Of(fact, pins is null ? null : before.GetValueOrDefault(kind), hostName);
        if (pins is not null)
        {
            before[kind] = pins;
        }

        return text;
    }

    private static string Fact(HistoryEntry entry, Look look) => entry switch
    {
        { Fact: { } fact } => FactSummary.Of(fact, look),
        { Block: { } block } => $"{block.Samples} samples until {Show.Time(block.Until, look)}, {block.Bytes} bytes",
        _ => "",
    };

    private static string Source(HistoryEntry entry) =>
        entry.Block?.Source ?? (entry.Fact is { } fact ? Schema.State.HostState.SourceOf(fact) : null) ?? "";

    private static string Painted(string type, string line, Look look) => type switch
    {
        "source.failed" => Paint.Red(line, look),
        "sampling.gap" => Paint.Yellow(line, look),
        "memory.block" => Paint.Dim(line, look),
        _ => line,
    };
}
