using NumaHistory.Query.Reading;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>The audit log, one event a line. What comes later is written under what came before: in its columns, and compared with it.</summary>
internal sealed class HistoryRendering(Func<string, string> hostName) : IRendering<HistoryEntry>
{
    private readonly Dictionary<string, GuestPins> _before = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _guests = [];
    private Table? _last;

    public string[] Fields =>
        ["position", "observedAt", "recordedAt", "type", "host", "guest", "who", "why", "data", "id"];

    public IEnumerable<object?[]> Records(HistoryEntry entry)
    {
        var item = entry.Item;
        return
        [
            [
                item.Position, item.ObservedAt, item.RecordedAt, item.Type, item.Host, item.Guest, item.Who, item.Why,
                item.Data?.GetRawText(),
                item.Id,
            ],
        ];
    }

    /// <summary>The guests with a pinning among these of which nothing was written yet.</summary>
    public IReadOnlyCollection<Guid> Unknown(IEnumerable<HistoryEntry> entries) =>
        [.. entries.Select(entry => entry.Fact).OfType<IGuestFact>().Where(fact => Pinning(fact) is not null && !_guests.Contains(fact.Guest)).Select(fact => fact.Guest).Distinct()];

    /// <summary>What was in force of guests before the first event of theirs that is written.</summary>
    public void Remember(IEnumerable<Guid> guests, IEnumerable<IGuestFact> facts)
    {
        _guests.UnionWith(guests);
        Remember(facts);
    }

    private void Remember(IEnumerable<IGuestFact> facts)
    {
        foreach (var fact in facts)
        {
            if (Pinning(fact) is { } pinning)
            {
                _before[pinning.Key] = pinning.Pins;
            }
        }
    }

    public void Write(TextWriter output, IReadOnlyList<HistoryEntry> items, Look look)
    {
        if (items.Count == 0)
        {
            return;
        }

        var isFirst = _last is null;
        var table = _last?.Next() ?? new Table(
        [
            "position", "observed", "recorded", "type", "host", "who", "why", "fact",
            .. look.Wide ? new Column[] { "source", "id" } : [],
        ]);
        foreach (var entry in items)
        {
            var item = entry.Item;
            table.Row(
            [
                item.Position, Show.Time(item.ObservedAt, look), Show.Time(item.RecordedAt, look), item.Type, item.Host,
                item.Who ?? "",
                item.Why ?? "", Marked(entry, entry.Fact is IGuestFact guest ? Guest(guest) : Fact(entry, look)),
                .. look.Wide ? new object?[] { Source(entry), item.Id } : [],
            ]);
        }

        table.Write(output, look with { Headers = look.Headers && isFirst }, (row, line) => Painted(items[row].Item.Type, line, look));
        _last = table;
    }

    // The pinning that this one takes the place of: of the same guest, and of the same layer and host where it was seen.
    private string Guest(IGuestFact fact)
    {
        var text = PinningSummary.Of(fact, Pinning(fact) is { } pinning ? _before.GetValueOrDefault(pinning.Key) : null, hostName);
        Remember([fact]);
        return text;
    }

    private static (string Key, GuestPins Pins)? Pinning(IGuestFact fact) => fact switch
    {
        PinningObserved seen => ($"{seen.Guest} {seen.Host} {seen.Layer}", seen.Pins),
        PinningDecided decided => ($"{decided.Guest} {decided.Host} decided", decided.Pins),
        _ => null,
    };

    private static string Fact(HistoryEntry entry, Look look) => entry switch
    {
        { Fact: { } fact } => FactSummary.Of(fact, look),
        { Block: { } block } => $"{block.Samples} samples until {Show.Time(block.Until, look)}, {block.Bytes} bytes",
        _ => "",
    };

    // Nobody may take what was found in a log for what was seen.
    private static string Marked(HistoryEntry entry, string text) =>
        Backfill.Made(entry.Fact) || entry.Block?.Source == Backfill.Source ? $"{text} (backfilled)" : text;

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
