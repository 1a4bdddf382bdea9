using Npgsql;
using NumaHistory.Schema.State;

namespace NumaHistory.Recorder.Store;

/// <summary>The state of a host as of a moment.</summary>
internal static class HostsAsOf
{
    private const string Newest = """
        select n.type, e.data::text
        from (select f.event_id, f.type, rank() over (partition by f.facet, f.source order by f.observed_at desc) as place
                from numa.fact f where f.host_key = $1 and f.observed_at <= $2) n
        join history.mt_events e on e.id = n.event_id
        where n.place = 1
        """;

    public static async Task<HostState> LoadAsync(NpgsqlConnection connection, string host, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Newest, connection) { Parameters = { new() { Value = host }, new() { Value = at } } };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var state = new HostState(host);
        while (await rows.ReadAsync(cancel))
        {
            state = state.After(FactRow.Read(rows, 0));
        }

        return state;
    }
}
