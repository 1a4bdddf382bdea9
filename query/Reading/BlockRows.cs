using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>Rows of numa.memory_block: host, source, first_at, interval_ms, payload.</summary>
internal static class BlockRows
{
    public static IReadOnlyList<BlockRow> Read(NpgsqlDataReader reader)
    {
        var blocks = new List<BlockRow>();
        while (reader.Read())
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
