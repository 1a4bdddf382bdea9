using Npgsql;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// The instants at which sources looked: those of their samples, sealed or not. A look that changed nothing leaves no other
/// trace, and late arrivals need to know that it was there.
/// </summary>
internal static class Confirmations
{
    // Blocks hardly ever overlap, so few span the moment and have to be decoded; of the later ones their beginnings will do.
    private const string FromMoment = """
        select b.source, b.structure_fingerprint is not null, b.first_at, e.bdata
        from numa.block b join history.mt_events e on e.id = b.event_id
        where b.host_key = $1 and b.first_at <= $2 and b.last_at >= $2
        union all
        select b.source, b.structure_fingerprint is not null, min(b.first_at), null
        from numa.block b
        where b.host_key = $1 and b.first_at > $2
        group by 1, 2
        union all
        select t.source, false, t.first_at, t.payload
        from numa.memory_tail t
        where t.host_key = $1 and t.last_at >= $2
        """;

    /// <summary>Every look at that moment, and for every source the first later one, with and without topology.</summary>
    public static async Task<IReadOnlyList<Looked>> FromAsync(
        NpgsqlTransaction transaction, string host, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(FromMoment, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = host }, new() { Value = at } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var looks = new List<Looked>();
        while (await rows.ReadAsync(cancel))
        {
            var source = rows.GetString(0);
            if (rows.IsDBNull(3))
            {
                looks.Add(new Looked(source, rows.GetBoolean(1), rows.GetFieldValue<DateTimeOffset>(2)));
                continue;
            }

            var block = BlockCodec.Decode(rows.GetFieldValue<byte[]>(3));
            looks.AddRange(block.Samples
                .Where(sample => sample.At >= at)
                .Take(2)
                .Select(sample => new Looked(source, block.Structure is not null, sample.At)));
        }

        return looks;
    }
}
