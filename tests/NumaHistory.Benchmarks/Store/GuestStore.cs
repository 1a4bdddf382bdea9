using System.Text;
using System.Text.Json;
using Npgsql;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Benchmarks.Store;

/// <summary>
/// Fills a store with guests that were re-pinned again and again, straight into its tables: the questions are measured, not the recorder. A
/// hundred guests a host, 16 vCPUs each, two layers, an event a day.
/// </summary>
internal static class GuestStore
{
    private const string Placeholder = "00000000-0000-4000-8000-000000000000";

    private const string Fill = """
        create temp table g as
        select n, ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as guest, 'host' || n / 100 as host, md5('s' || n)::uuid as stream
          from generate_series(1, $GUESTS) n;
        insert into numa.host (host_key, name, first_seen, last_seen) select distinct host, host, timestamptz '2026-01-01', timestamptz '2026-12-01' from g;
        insert into history.mt_streams (id, version) select stream, $EVENTS from g;
        insert into numa.stream (stream_id, key, host_key) select stream, 'guest/' || guest || '@' || host, host from g;
        create temp table e as
        select row_number() over () as seq, md5(g.n || ' ' || k)::uuid as id, g.*, k, timestamptz '2026-01-01' + k * interval '1 day' + g.n * interval '1 second' as at
          from generate_series(1, $EVENTS) k cross join g;
        insert into history.mt_events (seq_id, id, stream_id, version, data, type, timestamp, user_name)
        select seq, id, stream, k, replace($TEMPLATE, '$PLACEHOLDER', guest::text)::jsonb, 'pinning.observed', at, 'benchmark' from e;
        insert into numa.guest_fact select id, guest, host, 'libvirt', case k % 2 when 0 then 'live' else 'config' end, 'pinning.observed', at from e;
        insert into numa.guest_newest
        select distinct on (guest, facet) event_id, guest, host_key, facet, source, type, observed_at from numa.guest_fact order by guest, facet, observed_at desc;
        insert into numa.guest (guest, name, host_key, state, since, first_seen, last_seen)
        select guest, 'guest' || n, host, 'running', timestamptz '2026-01-01', timestamptz '2026-01-01', timestamptz '2026-12-01' from g;
        insert into numa.guest_pins
        select guest, host, l, 'observed', timestamptz '2026-01-01', null, null, replace($PINS, '$PLACEHOLDER', guest::text) from g cross join (values ('config'), ('live')) v(l);
        analyze;
        """;

    public static void Make(NpgsqlDataSource source, int guests, int events)
    {
        var pins = new GuestPins(
            "guest",
            Placeholder,
            Vcpus: new GuestVcpus(16, 16),
            MemoryKiB: 16 << 20,
            Pins: [.. Enumerable.Range(0, 16).Select(vcpu => new VcpuPin(vcpu, CpuSet.Of(vcpu + 8)))],
            Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(1)));
        var fact = PinningObserved.Of("host", "libvirt", pins, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) with { Guest = Guid.Parse(Placeholder) };
        var sql = Fill
            .Replace("$GUESTS", $"{guests}", StringComparison.Ordinal)
            .Replace("$EVENTS", $"{events}", StringComparison.Ordinal)
            .Replace("$TEMPLATE", Literal(Encoding.UTF8.GetString(EventJson.Write(fact))), StringComparison.Ordinal)
            .Replace("$PINS", Literal(JsonSerializer.Serialize(pins, FactJson.Default.GuestPins)), StringComparison.Ordinal)
            .Replace("$PLACEHOLDER", Placeholder, StringComparison.Ordinal);
        using var connection = source.OpenConnection();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
