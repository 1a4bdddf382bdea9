using Npgsql;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Recorder.Store;

/// <summary>The facts of guests, and the states they fold to.</summary>
internal static class GuestFacts
{
    private const string OfGuest = """
        select f.guest, f.event_id, f.type, e.data::text
        from numa.guest_fact f join history.mt_events e on e.id = f.event_id
        where f.guest = $1
        """;

    // The newest of each facet is the state, with all decisions, of every guest that has a fact on this host, or is asked for by id: a guest moves, and
    // its decisions name other hosts.
    private const string OnHost = """
        select n.guest, n.event_id, n.type, e.data::text
        from (select f.guest, f.event_id, f.type, f.facet,
                     rank() over (partition by f.guest, f.facet, f.host_key, f.source order by f.observed_at desc) as place
                from numa.guest_fact f
               where f.observed_at <= $3
                 and (f.guest = any ($2) or f.guest in (select g.guest from numa.guest_fact g where g.host_key = $1))) n
        join history.mt_events e on e.id = n.event_id
        where n.place = 1 or n.facet = 'decision'
        """;

    /// <summary>All facts of one guest with the ids of their events.</summary>
    public static async Task<List<(Guid Event, IGuestFact Fact)>> LoadAsync(NpgsqlConnection connection, Guid guest, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(OfGuest, connection) { Parameters = { new() { Value = guest } } };
        return [.. (await ReadAsync(command, cancel)).Select(row => (row.Event, row.Fact))];
    }

    /// <summary>The guests of a host, and those of the ids, as they were at a moment.</summary>
    public static async Task<IReadOnlyDictionary<Guid, GuestState>> StatesAsync(
        NpgsqlConnection connection, string host, IEnumerable<Guid> guests, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(OnHost, connection)
        {
            Parameters = { new() { Value = host }, new() { Value = guests.ToArray() }, new() { Value = at } },
        };
        return (await ReadAsync(command, cancel))
            .GroupBy(row => row.Guest)
            .ToDictionary(rows => rows.Key, rows => rows.Aggregate(new GuestState(rows.Key), (state, row) => state.After(row.Fact)));
    }

    private static async Task<List<(Guid Guest, Guid Event, IGuestFact Fact)>> ReadAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var facts = new List<(Guid Guest, Guid Event, IGuestFact Fact)>();
        while (await rows.ReadAsync(cancel))
        {
            facts.Add((rows.GetGuid(0), rows.GetGuid(1), (IGuestFact)FactRow.Read(rows, 2)));
        }

        return facts;
    }
}
