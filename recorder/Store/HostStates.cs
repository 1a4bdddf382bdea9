using Npgsql;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Recorder.Store;

/// <summary>The state of a host, folded from the newest facts of every facet and source.</summary>
internal static class HostStates
{
    private const string Newest = """
        select f.type, e.data::text
        from numa.fact_newest f
        join history.mt_events e on e.id = f.event_id
        where f.host_key = $1
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
