using Npgsql;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Query.Reading;

/// <summary>What is the newest sample of every cell?</summary>
internal sealed class GaugeQuestion(HostFilter hosts) : IQuestion<IReadOnlyList<CellSample>>
{
    public NpgsqlBatchCommand Ask() => hosts.Ask(
        $"""
        select host_key, source, sampled_at, interval_ms, cell, total_kib, free_kib, reclaimable_kib, pages::text
        from numa.cell_now
        where host_key in {hosts.Sql}
        """);

    public IReadOnlyList<CellSample> Read(NpgsqlDataReader reader)
    {
        var samples = new List<CellSample>();
        while (reader.Read())
        {
            var memory = new CellMemory(
                reader.GetInt32(4), reader.Long(5), reader.Long(6), reader.Long(7), FreePagesText.Read(reader.Text(8)));
            samples.Add(new CellSample(
                reader.GetString(0), reader.GetString(1), reader.At(2), reader.Milliseconds(3), memory));
        }

        return samples;
    }
}
