using Npgsql;
using NumaHistory.Benchmarks.Workload;
using NumaHistory.Recorder.Journal;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Benchmarks.Placement;

/// <summary>
/// A fleet of hosts of 4 cells, 32 CPUs and 256 GiB each, a guest of any size on most cells. Some hosts are recorded as the recorder does; the
/// rest are their copies under other names and ids, row by row, with free memory of their own.
/// </summary>
internal static class PlacementFleet
{
    public const int Cells = 4;
    private const int Cpus = 32;
    private const int Recorded = 125;
    private const long GiB = 1L << 20;

    private static readonly DateTimeOffset At = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Tables =
        ["host", "fact", "fact_newest", "guest_fact", "guest_newest", "guest", "guest_claim", "guest_pins", "host_cell", "cell_now"];

    private static string Copied(string text) => $"replace(replace({text}, 'fleet', 'fleet' || c || '-'), '00000000-0000-4000', lpad(to_hex(c), 8, '0') || '-0000-4000')";

    /// <summary>Fills an empty store; as many hosts as asked for, by the 125.</summary>
    public static async Task MakeAsync(NpgsqlDataSource source, int hosts)
    {
        using var store = HistoryStore.Open(source);
        var facts = new FactJournal(source, store, new RecordedBy("benchmark", "benchmark", "benchmark"));
        var random = SplitMix64.For(9, 4, 10);
        for (var host = 0; host < Recorded; host++)
        {
            await facts.RecordAsync(Look(host, random), CancellationToken.None);
        }

        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(CopySql((hosts / Recorded) - 1), connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
        // As autovacuum leaves it.
        await using var vacuum = new NpgsqlCommand("vacuum (analyze)", connection) { CommandTimeout = 0 };
        await vacuum.ExecuteNonQueryAsync();
    }

    private static string CopySql(int copies) =>
        $"""
        insert into history.mt_streams (id, version) select md5(s.id::text || c)::uuid, s.version from history.mt_streams s cross join generate_series(1, {copies}) c;
        insert into history.mt_events (seq_id, id, stream_id, version, data, type, timestamp, user_name)
        select e.seq_id + c * 1000000, md5(e.id::text || c)::uuid, md5(e.stream_id::text || c)::uuid, e.version, {Copied("e.data::text")}::jsonb, e.type, e.timestamp, e.user_name
          from history.mt_events e cross join generate_series(1, {copies}) c where e.bdata is null;
        {string.Join('\n', Tables.Select(table => $"""
            insert into numa.{table}
            select r.* from numa.{table} t cross join generate_series(1, {copies}) c cross join lateral jsonb_populate_record(
                null::numa.{table}, {Copied("to_jsonb(t)::text")}::jsonb || jsonb_build_object('event_id', md5((to_jsonb(t) ->> 'event_id') || c))) r;
            """))}
        select setseed(0.5);
        update numa.cell_now set free_kib = least(free_kib, (random() * total_kib)::bigint);
        select numa.refresh_cells(host_key) from numa.host;
        """;

    private static Observation Look(int host, SplitMix64 random)
    {
        var topology = Topology();
        var used = Enumerable.Range(0, Cells).Select(_ => Math.Min(random.Below(Cpus + 8) + 1, Cpus)).ToList();
        return new Observation(
            null, $"fleet{host:000}", $"fleet{host:000}", null, At, "sysfs", "boot", "x86_64", null, new HostSettings("6.1.0"), topology,
            new ObservedMemory([.. used.Select((count, cell) => new CellMemory(cell, 256 * GiB, (256 - (count * 7)) * GiB, null, [new FreePages(2048, 0)]))]), [])
        {
            Guests = [.. used.Select((count, cell) => (count, cell)).Where(one => one.count > 0).Select(one => Guest(host, one.cell, one.count))],
            IsEveryGuest = true,
        };
    }

    private static GuestPins Guest(int host, int cell, int vcpus) => new(
        $"guest{cell}",
        $"00000000-0000-4000-8000-{(host * Cells) + cell + 1:x12}",
        Exclusive: true,
        Vcpus: new GuestVcpus(vcpus, vcpus),
        MemoryKiB: vcpus * 7 * GiB,
        Pins: [.. Enumerable.Range(0, vcpus).Select(vcpu => new VcpuPin(vcpu, CpuSet.Of((cell * Cpus) + vcpu)))],
        Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(cell)));

    private static HostTopology Topology()
    {
        var all = CpuSet.Range(0, (Cells * Cpus) - 1);
        return HostTopology.Of(
            new CpuMasks(all, all, all, CpuSet.Empty, null, all),
            Enumerable.Range(0, Cells).Select(cell => new Cell(
                cell, Range(cell), Range(cell), 256 * GiB, Pages: [new PagePool(2048, 0)],
                Distances: [.. Enumerable.Range(0, Cells).Select(to => new CellDistance(to, to == cell ? 10 : to / 2 == cell / 2 ? 12 : 21))])),
            all.Members().Select(cpu => new CpuInfo(
                cpu, cpu / Cpus / 2, 0, cpu % Cpus / 2, Siblings: CpuSet.Of(cpu / 2 * 2, (cpu / 2 * 2) + 1), L3: Range(cpu / Cpus), Model: "A")),
            []);
    }

    private static CpuSet Range(int cell) => CpuSet.Range(cell * Cpus, ((cell + 1) * Cpus) - 1);
}
