using Npgsql;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// Which host an observation is of: the one with its machine id; else the one with its product UUID; else one of that name of which
/// no other machine id is known; else none that is recorded.
/// </summary>
internal static class HostResolver
{
    private const string Find = """
        select host_key
        from numa.host
        where machine_id = $1
           or product_uuid = $2
           or (name = $3 and (machine_id is null or $1::text is null))
        order by machine_id = $1 desc nulls last, product_uuid = $2 desc nulls last, last_seen desc
        limit 1
        """;

    public static async Task<string?> FindAsync(NpgsqlTransaction transaction, Observation seen, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Find, transaction.Connection, transaction)
        {
            Parameters = { Text(seen.MachineId), Text(seen.ProductUuid), Text(seen.Host) },
        };
        return (string?)await command.ExecuteScalarAsync(cancel);
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
}
