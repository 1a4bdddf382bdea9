using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;

namespace NumaHistory.Recorder.Journal;

/// <summary>What the store knows around one moment of a host and source, for <see cref="ChangeDetector"/>.</summary>
internal static class KnownFactsReader
{
    // A boot names the host too, whichever source told of it, but a renaming outranks it.
    private const string Around = """
        with wanted (facet, stored, source) as (
            values ('boot', 'boot', $2), ('name', 'boot', null), ('name', 'name', null), ('structure', 'structure', $2),
                   ('capacity', 'capacity', $2), ('health', 'health', $2)
        )
        select w.facet, e.type, e.data::text
        from wanted w
        cross join lateral (
            select max(observed_at) as at from numa.fact
             where host_key = $1 and facet = w.stored and (w.source is null or source = w.source) and observed_at <= $3
            union all
            select min(observed_at) from numa.fact
             where host_key = $1 and facet = w.stored and (w.source is null or source = w.source) and observed_at > $3
        ) s
        join numa.fact f on f.host_key = $1 and f.facet = w.stored and (w.source is null or f.source = w.source)
                        and f.observed_at = s.at
        join history.mt_events e on e.id = f.event_id
        """;

    public static async Task<KnownFacts> LoadAsync(
        NpgsqlTransaction transaction, string host, string source, DateTimeOffset at, CancellationToken cancel)
    {
        var facts = Enum.GetValues<Facet>().ToDictionary(facet => facet, _ => new List<IHostFact>());
        await using (var command = new NpgsqlCommand(Around, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = host }, new() { Value = source }, new() { Value = at } },
        })
        {
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                facts[Enum.Parse<Facet>(rows.GetString(0), ignoreCase: true)].Add(FactRow.Read(rows, 1));
            }
        }

        DateTimeOffset[] looks = await Confirmations.NextAsync(transaction, host, source, at, cancel) is { } next ? [next] : [];
        return new KnownFacts(facts.ToDictionary(
            pair => pair.Key,
            pair => Neighbours.Around(pair.Key, at, pair.Value, looks, failed: [])));
    }
}
