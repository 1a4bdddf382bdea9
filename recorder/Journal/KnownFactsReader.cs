using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;

namespace NumaHistory.Recorder.Journal;

/// <summary>What the store knows around one moment of a host and source, for <see cref="ChangeDetector"/>.</summary>
internal static class KnownFactsReader
{
    // A boot names the host too, whichever source told of it; a renaming outranks it, so the newest of each kind is wanted.
    private const string Around = """
        with wanted (facet, stored, source) as (
            values ('boot', 'boot', $2), ('name', 'boot', null), ('name', 'name', null), ('structure', 'structure', $2),
                   ('capacity', 'capacity', $2), ('health', 'health', $2)
        )
        select w.facet, e.type, e.data::text
        from wanted w
        cross join lateral (
            (select f.event_id from numa.fact f
              where f.host_key = $1 and f.facet = w.stored and (w.source is null or f.source = w.source) and f.observed_at <= $3
              order by f.observed_at desc fetch first row with ties)
            union all
            (select f.event_id from numa.fact f
              where f.host_key = $1 and f.facet = w.stored and (w.source is null or f.source = w.source) and f.observed_at > $3
              order by f.observed_at fetch first row with ties)
        ) near
        join history.mt_events e on e.id = near.event_id
        """;

    public static async Task<KnownFacts> LoadAsync(
        NpgsqlTransaction transaction, string host, string source, DateTimeOffset at, CancellationToken cancel)
    {
        var facts = await FactsAsync(transaction, host, source, at, cancel);
        var looks = await Confirmations.FromAsync(transaction, host, at, cancel);
        return new KnownFacts(Enum.GetValues<Facet>().ToDictionary(
            facet => facet,
            facet => Neighbours.Around(facet, at, facts[facet], At(facet, source, looks), [])));
    }

    private static async Task<ILookup<Facet, IHostFact>> FactsAsync(
        NpgsqlTransaction transaction, string host, string source, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Around, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = host }, new() { Value = source }, new() { Value = at } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var facts = new List<(Facet Facet, IHostFact Fact)>();
        while (await rows.ReadAsync(cancel))
        {
            facts.Add((Enum.Parse<Facet>(rows.GetString(0), ignoreCase: true), FactRow.Read(rows, 1)));
        }

        return facts.ToLookup(row => row.Facet, row => row.Fact);
    }

    // Looks that failed again leave no trace, so none is known to have confirmed a failure.
    private static IEnumerable<DateTimeOffset> At(Facet facet, string source, IReadOnlyList<Looked> looks) => looks
        .Where(look => facet == Facet.Name || look.Source == source)
        .Where(look => facet is not (Facet.Structure or Facet.Capacity) || look.AtTopology)
        .Select(look => look.At);
}
