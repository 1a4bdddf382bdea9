using Npgsql;
using NumaHistory.Recorder.Projections;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.State;

namespace NumaHistory.Recorder.Store;

/// <summary>
/// Makes every table of schema numa again from the events alone, in one transaction (law 5). Open blocks are no events yet: they
/// stay, and go into the gauge last.
/// </summary>
internal sealed class StoreRebuild(NpgsqlDataSource source)
{
    private const string Events = """
        select e.id, e.type, e.data::text, e.bdata, e.headers ->> 'host', e.headers ->> 'source'
        from history.mt_events e
        where e.type <> 'tombstone'
        order by e.seq_id
        """;

    // Digests are the proof that no block was edited: made anew from an edited one they would prove nothing.
    private const string Clear = """
        lock table numa.stream in exclusive mode;
        create temporary table kept_digest on commit drop as select event_id, digest from numa.block;
        truncate numa.host, numa.fact, numa.topology_version, numa.cell_now, numa.block, numa.guest_fact, numa.guest, numa.pin_interval,
            numa.guest_pins, numa.guest_claim, numa.host_cell, numa.fact_newest, numa.guest_newest, numa.cell_room
        """;

    private const string KeepDigests = """
        update numa.block b set digest = k.digest from kept_digest k where k.event_id = b.event_id and k.digest <> b.digest
        """;

    /// <summary>Rebuilds; returns how many events were read.</summary>
    public async Task<long> RunAsync(CancellationToken cancel)
    {
        await using var reading = await source.OpenConnectionAsync(cancel);
        await using var writing = await source.OpenConnectionAsync(cancel);
        await using var transaction = await writing.BeginTransactionAsync(cancel);
        await ExecuteAsync(writing, Clear, null, cancel);
        var states = new Dictionary<string, (HostState State, DateTimeOffset First, DateTimeOffset Last)>();
        var guests = new Dictionary<Guid, List<(Guid Event, IGuestFact Fact)>>();
        var count = 0L;
        await using (var command = new NpgsqlCommand(Events, reading) { CommandTimeout = 0 })
        {
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                count++;
                await ApplyAsync(writing, rows, states, guests, cancel);
            }
        }

        foreach (var (state, first, last) in states.Values)
        {
            await ExecuteAsync(writing, "select numa.apply_host($1::jsonb)", ReadModelRows.Host(state, first, last), cancel);
        }

        foreach (var (guest, facts) in guests)
        {
            await ExecuteAsync(writing, "select numa.apply_guest($1::jsonb)", GuestRows.Guest(guest, facts), cancel);
        }

        await ExecuteAsync(writing, KeepDigests, null, cancel);
        await ExecuteAsync(writing, "select numa.refresh_cells(host_key) from numa.host", null, cancel);
        await TailsAsync(writing, cancel);
        await transaction.CommitAsync(cancel);
        return count;
    }

    private static async Task ApplyAsync(
        NpgsqlConnection writing,
        NpgsqlDataReader row,
        Dictionary<string, (HostState State, DateTimeOffset First, DateTimeOffset Last)> states,
        Dictionary<Guid, List<(Guid Event, IGuestFact Fact)>> guests,
        CancellationToken cancel)
    {
        var id = row.GetGuid(0);
        IHostFact fact = row.GetString(1) == EventNames.ByType[typeof(MemoryBlockRecorded)]
            ? Block(row)
            : FactRow.Read(row, 1);
        if (fact is IGuestFact guest)
        {
            (guests.TryGetValue(guest.Guest, out var known) ? known : guests[guest.Guest] = []).Add((id, guest));
            await ExecuteAsync(writing, "select numa.apply_guest_fact($1::jsonb)", GuestRows.Fact(id, guest), cancel);
            return;
        }

        var (state, first, last) = states.GetValueOrDefault(fact.Host, (new HostState(fact.Host), fact.ObservedAt, fact.ObservedAt));
        var until = fact is MemoryBlockRecorded { Until: var end } ? end : fact.ObservedAt;
        states[fact.Host] = (state.After(fact), fact.ObservedAt < first ? fact.ObservedAt : first, until > last ? until : last);
        await (fact is MemoryBlockRecorded block
            ? ExecuteAsync(writing, "select numa.apply_block($1::jsonb)", ReadModelRows.Block(id, block), cancel)
            : ExecuteAsync(writing, "select numa.apply_fact($1::jsonb)", ReadModelRows.Fact(id, fact), cancel));
    }

    private static MemoryBlockRecorded Block(NpgsqlDataReader row)
    {
        var payload = row.GetFieldValue<byte[]>(3);
        var header = BlockCodec.ReadHeader(payload);
        return new MemoryBlockRecorded(row.GetString(4), row.GetString(5), header.First!.Value, header.Last!.Value, payload);
    }

    private static async Task TailsAsync(NpgsqlConnection writing, CancellationToken cancel)
    {
        var open = new List<(string Host, string Source, byte[] Payload)>();
        await using (var command = new NpgsqlCommand("select host_key, source, payload from numa.memory_tail", writing))
        {
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                open.Add((rows.GetString(0), rows.GetString(1), rows.GetFieldValue<byte[]>(2)));
            }
        }

        foreach (var (host, sourceName, payload) in open)
        {
            var block = BlockCodec.Decode(payload);
            await ExecuteAsync(
                writing,
                "select numa.apply_gauge($1::jsonb)",
                ReadModelRows.Gauge(host, sourceName, block.Samples[^1], block.Interval),
                cancel);
        }

        await ExecuteAsync(
            writing,
            "update numa.host h set last_seen = greatest(h.last_seen, t.last_at) from numa.memory_tail t where t.host_key = h.host_key",
            null,
            cancel);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, string? json, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        if (json is not null)
        {
            command.Parameters.Add(new() { Value = json });
        }

        await command.ExecuteNonQueryAsync(cancel);
    }
}
