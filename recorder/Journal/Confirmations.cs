using Npgsql;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// The instants at which a source looked: those of its samples, sealed or not. A look that changed nothing leaves no other
/// trace, and late arrivals need to know that it was there.
/// </summary>
internal static class Confirmations
{
    // Blocks of one source hardly ever overlap; the few that reach beyond the moment first are decoded.
    private const string Later = """
        select first_at, payload
        from numa.memory_block
        where host = $1 and source = $2 and last_at > $3
          and (first_at <= $3 or first_at = (select min(first_at) from numa.memory_block
                                              where host = $1 and source = $2 and first_at > $3))
        """;

    /// <summary>The first look after the moment, or null.</summary>
    public static async Task<DateTimeOffset?> NextAsync(
        NpgsqlTransaction transaction, string host, string source, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Later, transaction.Connection, transaction)
        {
            Parameters = { new() { Value = host }, new() { Value = source }, new() { Value = at } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        DateTimeOffset? next = null;
        while (await rows.ReadAsync(cancel))
        {
            var first = rows.GetFieldValue<DateTimeOffset>(0);
            var found = first > at ? first : FirstAfter(at, rows.GetFieldValue<byte[]>(1));
            next = next is null || found < next ? found : next;
        }

        return next;
    }

    private static DateTimeOffset? FirstAfter(DateTimeOffset at, byte[] payload) =>
        BlockCodec.Decode(payload).Samples.Select(sample => (DateTimeOffset?)sample.At).FirstOrDefault(instant => instant > at);
}
