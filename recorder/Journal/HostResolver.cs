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
        select host_key, $1::text is not null and machine_id is distinct from $1
        from numa.host
        where machine_id = $1
           or host_key = $1
           or product_uuid = $2
           or (name = $3 and (machine_id is null or $1::text is null))
        order by machine_id = $1 or host_key = $1 desc nulls last, product_uuid = $2 desc nulls last, last_seen desc
        limit 1
        """;

    // What makers leave in the firmware of boards whose UUID nobody set: many machines have it.
    private static readonly string[] Blank =
    [
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "03000200-0400-0500-0006-000700080009",
    ];

    /// <summary>The host's key, and whether the observation tells a machine id that is new for it; null when there is none.</summary>
    public static async Task<(string Key, bool IsNewIdentity)?> FindAsync(NpgsqlTransaction transaction, Observation seen, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Find, transaction.Connection, transaction)
        {
            Parameters = { Text(seen.MachineId), Text(Product(seen.ProductUuid)), Text(seen.Host) },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? (rows.GetString(0), rows.GetBoolean(1)) : null;
    }

    private static string? Product(string? uuid) => Blank.Contains(uuid, StringComparer.OrdinalIgnoreCase) ? null : uuid;

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
}
