using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>Rows of numa.memory_block: host, source, first_at, interval_ms, payload.</summary>
internal static class BlockRows
{
    public static async Task<IReadOnlyList<BlockRow>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var blocks = new List<BlockRow>();
        while (await reader.ReadAsync(cancel))
        {
            blocks.Add(new BlockRow(
                reader.GetString(0),
                reader.GetString(1),
                reader.At(2),
                reader.Milliseconds(3),
                reader.GetFieldValue<byte[]>(4)));
        }

        return blocks;
    }
}
