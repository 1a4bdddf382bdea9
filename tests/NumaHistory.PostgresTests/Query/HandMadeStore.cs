using System.Text;
using Npgsql;
using NpgsqlTypes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.State;

namespace NumaHistory.PostgresTests.Query;

/// <summary>
/// The read contract over a plain table of events, without the recorder: rows as the contract describes them, so that these tests
/// hold numa-history to the contract and not to what one recorder happens to write.
/// </summary>
internal sealed class HandMadeStore(string connectionString)
{
    private const string Events =
        """
        create schema history;
        create table history.mt_events (
            seq_id bigint generated always as identity primary key, id uuid unique, type text, stream_id uuid,
            timestamp timestamptz, user_name text, headers jsonb, data jsonb, bdata bytea);
        """;

    public async Task CreateAsync()
    {
        await using var sql = typeof(EventJson).Assembly.GetManifestResourceStream(
            "NumaHistory.Schema.ReadModel.001_read_model.sql")!;
        using var text = new StreamReader(sql);
        await RunAsync(Events + await text.ReadToEndAsync() + "insert into numa.store_version values (1, 'test');");
    }

    /// <summary>Records facts in this order, at one moment of recording; the host's row follows the newest of each facet.</summary>
    public async Task RecordAsync(DateTimeOffset recordedAt, params IReadOnlyList<IHostFact> facts)
    {
        foreach (var fact in facts)
        {
            var id = EventId.Of(HostKey.HostStream(fact.Host), fact);
            await RunAsync(
                """
                insert into numa.stream (stream_id, key, host_key) values ($1, $2, $3) on conflict do nothing
                """,
                EventId.OfStream(HostKey.HostStream(fact.Host)), HostKey.HostStream(fact.Host), fact.Host);
            await RunAsync(
                "insert into history.mt_events (id, type, stream_id, timestamp, user_name, data) values ($1, $2, $3, $4, 'root', $5::jsonb)",
                id, EventNames.Of(fact), EventId.OfStream(HostKey.HostStream(fact.Host)), recordedAt.UtcDateTime,
                Encoding.UTF8.GetString(EventJson.Write(fact)));
            await RunAsync(
                "insert into numa.fact (event_id, host_key, source, facet, type, observed_at) values ($1, $2, $3, $4, $5, $6)",
                id, fact.Host, (object?)HostState.SourceOf(fact) ?? DBNull.Value, Facet(fact), EventNames.Of(fact),
                fact.ObservedAt.UtcDateTime);
        }

        foreach (var host in facts.GroupBy(fact => fact.Host))
        {
            await HostAsync(host.Aggregate(new HostState(host.Key), (state, fact) => state.After(fact)), host);
        }
    }

    /// <summary>Seals a block of samples and moves the gauge on.</summary>
    public async Task SealAsync(DateTimeOffset recordedAt, string host, string source, MemoryBlock block)
    {
        var payload = BlockCodec.Encode(block);
        var stream = HostKey.MemoryStream(host, block.Samples[0].At);
        var fact = new MemoryBlockRecorded(host, source, block.Samples[0].At, block.Samples[^1].At, payload);
        var interval = block.Interval is { } known ? (object)(long)known.TotalMilliseconds : DBNull.Value;
        await RunAsync(
            "insert into numa.stream (stream_id, key, host_key) values ($1, $2, $3) on conflict do nothing",
            EventId.OfStream(stream), stream, host);
        await RunAsync(
            "insert into history.mt_events (id, type, stream_id, timestamp, bdata) values ($1, 'memory.block', $2, $3, $4)",
            EventId.Of(stream, fact), EventId.OfStream(stream), recordedAt.UtcDateTime, payload);
        await RunAsync(
            """
            insert into numa.block (event_id, host_key, source, first_at, last_at, samples, interval_ms, digest)
            values ($1, $2, $3, $4, $5, $6, $7, '')
            """,
            EventId.Of(stream, fact), host, source, fact.ObservedAt.UtcDateTime, fact.Until.UtcDateTime, block.Samples.Count, interval);
        await GaugeAsync(host, source, block, interval);
    }

    /// <summary>Runs SQL with positional parameters.</summary>
    public async Task RunAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value is DBNull
                ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Unknown }
                : new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }

    private static string Facet(IHostFact fact) => fact switch
    {
        HostBooted => "boot",
        HostRenamed => "name",
        TopologyObserved => "structure",
        CapacityObserved => "capacity",
        SamplingGap => "gap",
        _ => "health",
    };

    private Task HostAsync(HostState state, IEnumerable<IHostFact> facts)
    {
        var topology = state.Topology;
        return RunAsync(
            """
            insert into numa.host (host_key, name, architecture, hypervisor, boot_id, cells, cpus, memory_kib, first_seen, last_seen)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (host_key) do update set
                name = case when excluded.name = excluded.host_key then host.name else excluded.name end,
                cells = coalesce(excluded.cells, host.cells),
                cpus = coalesce(excluded.cpus, host.cpus),
                memory_kib = coalesce(excluded.memory_kib, host.memory_kib),
                first_seen = least(host.first_seen, excluded.first_seen),
                last_seen = greatest(host.last_seen, excluded.last_seen)
            """,
            state.Key, state.Name, (object?)state.Boot?.Architecture ?? DBNull.Value, (object?)state.Hypervisor ?? DBNull.Value,
            (object?)state.Boot?.BootId ?? DBNull.Value, (object?)topology?.Cells?.Count ?? DBNull.Value,
            (object?)topology?.Cpus.Online?.Count ?? DBNull.Value,
            (object?)topology?.Cells?.Sum(cell => cell.MemoryKiB) ?? DBNull.Value,
            facts.Min(fact => fact.ObservedAt).UtcDateTime, facts.Max(fact => fact.ObservedAt).UtcDateTime);
    }

    private async Task GaugeAsync(string host, string source, MemoryBlock block, object interval)
    {
        foreach (var cell in block.Samples[^1].Cells)
        {
            await RunAsync(
                """
                insert into numa.cell_now (host_key, cell, source, sampled_at, interval_ms, total_kib, free_kib, reclaimable_kib)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (host_key, cell) do update set
                    source = excluded.source, sampled_at = excluded.sampled_at, interval_ms = excluded.interval_ms,
                    total_kib = excluded.total_kib, free_kib = excluded.free_kib, reclaimable_kib = excluded.reclaimable_kib
                where excluded.sampled_at > cell_now.sampled_at
                """,
                host, cell.Id, source, block.Samples[^1].At.UtcDateTime, interval, (object?)cell.TotalKiB ?? DBNull.Value,
                (object?)cell.FreeKiB ?? DBNull.Value, (object?)cell.ReclaimableKiB ?? DBNull.Value);
        }

        await RunAsync(
            "update numa.host set last_seen = greatest(last_seen, $2) where host_key = $1", host, block.Samples[^1].At.UtcDateTime);
    }
}
