using Npgsql;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Store;

/// <summary>The newest sample of every cell of a host, as the store has it: one instant for all of them.</summary>
internal static class Gauge
{
    private const string Newest = """
        select cell, sampled_at, total_kib, free_kib, reclaimable_kib from numa.cell_now where host_key = $1 order by cell
        """;

    /// <summary>The sample; null where there is none.</summary>
    public static async Task<MemorySample?> LoadAsync(NpgsqlDataSource source, string host, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Newest);
        command.Parameters.Add(new() { Value = host });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var cells = new List<CellMemory>();
        var at = DateTimeOffset.MinValue;
        while (await rows.ReadAsync(cancel))
        {
            at = rows.GetFieldValue<DateTimeOffset>(1);
            cells.Add(new CellMemory(rows.GetInt32(0), Number(rows, 2), Number(rows, 3), Number(rows, 4), null));
        }

        return cells.Count == 0 ? null : new MemorySample(at, cells);
    }

    private static long? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
