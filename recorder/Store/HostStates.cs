using Npgsql;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Recorder.Store;

/// <summary>The state of a host, folded from the newest facts of every facet and source.</summary>
internal static class HostStates
{
    private const string Newest = """
        select f.type, e.data::text
        from numa.fact f
        join history.mt_events e on e.id = f.event_id
        where f.host_key = $1
          and f.observed_at = (select max(g.observed_at) from numa.fact g
                                where g.host_key = f.host_key and g.facet = f.facet and g.source is not distinct from f.source)
        """;

    public static async Task<HostState> LoadAsync(NpgsqlConnection connection, string host, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Newest, connection) { Parameters = { new() { Value = host } } };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var state = new HostState(host);
        while (await rows.ReadAsync(cancel))
        {
            state = state.After(FactRow.Read(rows, 0));
        }

        return state;
    }
}
