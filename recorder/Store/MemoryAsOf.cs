using Npgsql;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Store;

/// <summary>The newest memory sample of a host up to a moment.</summary>
internal static class MemoryAsOf
{
    private const string Newest = """
        select payload from numa.memory_block where host = $1 and first_at <= $2 order by last_at desc limit 3
        """;

    public static async Task<IReadOnlyList<CellMemory>?> LoadAsync(
        NpgsqlConnection connection, string host, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Newest, connection) { Parameters = { new() { Value = host }, new() { Value = at } } };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var newest = BlockCodec.Decode(rows.GetFieldValue<byte[]>(0)).Samples.LastOrDefault(sample => sample.At <= at && sample.Cells.Count > 0);
            if (newest is not null)
            {
                return newest.Cells;
            }
        }

        return null;
    }
}
