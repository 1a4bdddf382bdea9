using Marten;
using Npgsql;
using NpgsqlTypes;
using NumaHistory.Recorder.Projections;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// Records the samples of a recorder: the open block and the gauge with every sample in one statement, and the sealed block
/// as an event that takes the place of the open one in one transaction.
/// </summary>
internal sealed class MemoryJournal(NpgsqlDataSource source, DocumentStore store, RecordedBy by)
{
    // The gate is the lock of whoever writes facts or blocks of the host: their rows are the same, taken in another order.
    private const string Tail = $"""
        with gate as materialized (select {HostLock.Take}), tail as (
            insert into numa.memory_tail select $1, $2, $3, $4, $5, $6 from gate
            on conflict (host_key, source) do update
               set first_at = excluded.first_at, last_at = excluded.last_at,
                   interval_ms = excluded.interval_ms, payload = excluded.payload
        ), seen as (
            update numa.host set last_seen = greatest(last_seen, $4) from gate where host_key = $1
        )
        select numa.apply_gauge($7) from gate
        """;

    private readonly EventAppender _appender = new(store, by);

    /// <summary>Writes the open block and the gauge.</summary>
    public async Task WriteTailAsync(string host, string sourceName, MemoryBlock open, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Tail);
        command.Parameters.Add(new() { Value = host });
        command.Parameters.Add(new() { Value = sourceName });
        command.Parameters.Add(new() { Value = open.Samples[0].At });
        command.Parameters.Add(new() { Value = open.Samples[^1].At });
        command.Parameters.Add(new() { Value = (long?)open.Interval?.TotalMilliseconds ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = BlockCodec.Encode(open) });
        command.Parameters.Add(new()
        {
            Value = ReadModelRows.Gauge(host, sourceName, open.Samples[^1], open.Interval),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Appends a complete block and clears the tail; sealing a block twice is harmless.</summary>
    public Task SealAsync(string host, string sourceName, MemoryBlock block, CancellationToken cancel) =>
        SealAsync(host, sourceName, block.Samples[0].At, block.Samples[^1].At, BlockCodec.Encode(block), cancel);

    /// <summary>Seals the open block that a recorder left when it was killed.</summary>
    public async Task SealLeftoverAsync(string host, string sourceName, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select first_at, last_at, payload from numa.memory_tail where host_key = $1 and source = $2");
        command.Parameters.Add(new() { Value = host });
        command.Parameters.Add(new() { Value = sourceName });
        var found = new List<(DateTimeOffset First, DateTimeOffset Last, byte[] Payload)>();
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                found.Add((rows.GetFieldValue<DateTimeOffset>(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetFieldValue<byte[]>(2)));
            }
        }

        foreach (var (first, last, payload) in found)
        {
            await SealAsync(host, sourceName, first, last, payload, cancel);
        }
    }

    /// <summary>The instant of the newest sample that a recorder took of a host; null when none ever did. Single looks do not count.</summary>
    public async Task<DateTimeOffset?> LastSampleAsync(string host, string sourceName, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select max(last_at) from numa.block where host_key = $1 and source = $2 and interval_ms is not null");
        command.Parameters.Add(new() { Value = host });
        command.Parameters.Add(new() { Value = sourceName });
        return await command.ExecuteScalarAsync(cancel) is DateTime last ? new DateTimeOffset(last) : null;
    }

    private Task SealAsync(
        string host, string sourceName, DateTimeOffset first, DateTimeOffset last, byte[] payload, CancellationToken cancel) =>
        Retry.RunAsync(() => SealOnceAsync(host, sourceName, first, last, payload, cancel), cancel);

    private async Task<bool> SealOnceAsync(
        string host, string sourceName, DateTimeOffset first, DateTimeOffset last, byte[] payload, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await HostLock.TakeAsync(transaction, host, cancel);
        var recorded = new MemoryBlockRecorded(host, sourceName, first, last, payload);
        await _appender.AppendAsync(transaction, HostKey.MemoryStream(host, first), [recorded], cancel);
        await using var clear = new NpgsqlCommand(
            "delete from numa.memory_tail where host_key = $1 and source = $2 and last_at <= $3", connection, transaction)
        {
            Parameters = { new() { Value = host }, new() { Value = sourceName }, new() { Value = last } },
        };
        await clear.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
