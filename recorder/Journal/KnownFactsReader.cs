using Npgsql;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Recorder.Journal;

/// <summary>What the store knows around one moment of a host and source, for <see cref="ChangeDetector"/>.</summary>
internal static class KnownFactsReader
{
    // A boot names the host too, whichever source told of it.
    private const string Around = """
        with wanted (facet, facets, source) as (
            values ('boot', array['boot'], $2), ('name', array['boot', 'name'], null), ('structure', array['structure'], $2),
                   ('capacity', array['capacity'], $2), ('health', array['health'], $2)
        )
        select w.facet, s.before, e.type, e.data::text
        from wanted w
        cross join lateral (
            select true as before, max(observed_at) as at from numa.fact
             where host_key = $1 and facet = any(w.facets) and (w.source is null or source = w.source) and observed_at <= $3
            union all
            select false, min(observed_at) from numa.fact
             where host_key = $1 and facet = any(w.facets) and (w.source is null or source = w.source) and observed_at > $3
        ) s
        join numa.fact f on f.host_key = $1 and f.facet = any(w.facets) and (w.source is null or f.source = w.source)
                        and f.observed_at = s.at
        join history.mt_events e on e.id = f.event_id
        """;

    public static async Task<KnownFacts> LoadAsync(
        NpgsqlTransaction transaction, string host, string source, DateTimeOffset at, CancellationToken cancel)
    {
        var before = new Dictionary<Facet, IHostFact>();
        var after = new Dictionary<Facet, IHostFact>();
        await using (var command = new NpgsqlCommand(Around, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = host }, new() { Value = source }, new() { Value = at } },
        })
        {
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                var facet = Enum.Parse<Facet>(rows.GetString(0), ignoreCase: true);
                var side = rows.GetBoolean(1) ? before : after;
                side[facet] = Newest.Of(side.GetValueOrDefault(facet), FactRow.Read(rows, 2));
            }
        }

        var looked = await Confirmations.NextAsync(transaction, host, source, at, cancel);
        return new KnownFacts(Enum.GetValues<Facet>().ToDictionary(
            facet => facet,
            facet => Between(before.GetValueOrDefault(facet), after.GetValueOrDefault(facet), looked)));
    }

    private static Neighbours Between(IHostFact? before, IHostFact? after, DateTimeOffset? looked) =>
        new(before, after, before is not null && (after is null || looked < after.ObservedAt) ? looked : null);
}
