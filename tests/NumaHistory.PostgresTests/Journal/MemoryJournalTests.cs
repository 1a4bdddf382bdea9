using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Journal;

public sealed class MemoryJournalTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static readonly HostTopology Two = Some.TwoCells().Topology();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_block_is_read_at_once_and_its_newest_sample_is_the_gauge()
    {
        await RecordAsync("open", 0, [0, 1]);

        await store.Memory.WriteTailAsync("open", "sysfs", Block(1, 500, 400), Cancel);

        Assert.Equal(400, await FreeAsync("open", 0));
        Assert.Equal(1, await store.AskAsync<long>("select count(*) from numa.memory_block where host = 'open' and not sealed"));
        Assert.Equal(
            Some.Minute(2).UtcDateTime, await store.AskAsync<DateTime>("select last_seen from numa.host where host_key = 'open'"));
    }

    [Fact]
    public async Task Sealing_makes_an_event_clears_the_tail_and_confirms_the_topology_and_twice_is_no_harm()
    {
        await RecordAsync("seal", 0, [0, 1]);
        await store.Memory.WriteTailAsync("seal", "sysfs", Block(1, 500, 400), Cancel);

        await store.Memory.SealAsync("seal", "sysfs", Block(1, 500, 400, 300), Cancel);
        await store.Memory.SealAsync("seal", "sysfs", Block(1, 500, 400, 300), Cancel);

        Assert.Equal(0, await store.AskAsync<long>("select count(*) from numa.memory_tail where host_key = 'seal'"));
        Assert.Equal(1, await store.AskAsync<long>("select count(*) from numa.block where host_key = 'seal' and samples = 3"));
        Assert.Equal(300, await FreeAsync("seal", 0));
        Assert.Equal(
            Some.Minute(3).UtcDateTime,
            await store.AskAsync<DateTime>("select confirmed_until from numa.topology_version where host_key = 'seal'"));
    }

    [Fact]
    public async Task A_block_of_another_topology_confirms_nothing()
    {
        await RecordAsync("other", 0, [0, 1]);

        await store.Memory.SealAsync("other", "sysfs", Block(1, 500) with { Structure = Some.ThreeCells().Topology().Fingerprint }, Cancel);

        Assert.Equal(
            Some.Minute(0).UtcDateTime,
            await store.AskAsync<DateTime>("select confirmed_until from numa.topology_version where host_key = 'other'"));
    }

    [Fact]
    public async Task What_a_killed_recorder_left_open_is_sealed_by_the_next()
    {
        await RecordAsync("killed", 0, [0, 1]);
        await store.Memory.WriteTailAsync("killed", "sysfs", Block(1, 500, 400), Cancel);

        await store.Memory.SealLeftoverAsync("killed", "sysfs", Cancel);
        await store.Memory.SealLeftoverAsync("killed", "sysfs", Cancel);

        Assert.Equal(1, await store.AskAsync<long>("select count(*) from numa.block where host_key = 'killed' and samples = 2"));
        Assert.Equal(0, await store.AskAsync<long>("select count(*) from numa.memory_tail where host_key = 'killed'"));
    }

    [Fact]
    public async Task The_gauge_holds_the_cells_of_the_newest_sample_whatever_arrives_late()
    {
        await RecordAsync("gauge", 20, [0]);
        await RecordAsync("gauge", 10, [0, 1, 2]);

        var late = await store.AskAsync<long>("select count(*) from numa.cell_now where host_key = 'gauge'");
        await RecordAsync("gauge", 30, [1]);

        Assert.Equal(1, late);
        Assert.Equal(1, await store.AskAsync<int>("select sum(cell)::int from numa.cell_now where host_key = 'gauge'"));
    }

    [Fact]
    public async Task A_recorder_and_imports_that_write_one_host_at_once_all_succeed()
    {
        await RecordAsync("shared", 0, [0, 1]);
        var sampling = Task.Run(async () =>
        {
            for (var minute = 1; minute <= 40; minute++)
            {
                await store.Memory.WriteTailAsync("shared", "sysfs", Block(minute, 500), Cancel);
                await store.Memory.SealAsync("shared", "sysfs", Block(minute, 500), Cancel);
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(lane => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await RecordAsync("shared", 100 + (lane * 10) + i, i % 2 == 0 ? [0] : [0, 1], boot: $"boot-{lane}-{i}");
            }
        })));
        await sampling;

        Assert.Equal(81, await store.AskAsync<long>("select count(*) from numa.block where host_key = 'shared'"));
    }

    private Task RecordAsync(string host, int minute, int[] cells, string boot = "boot-1") => store.Facts.RecordAsync(
        FactJournalTests.Look(host, Two, minute) with
        {
            BootId = boot,
            Memory = new ObservedMemory([.. cells.Select(id => new CellMemory(id, 1000, minute, null))]),
        },
        Cancel);

    private static MemoryBlock Block(int minute, params long[] free) => new(
        "boot-1",
        Two.Fingerprint,
        Two.CapacityFingerprint,
        null,
        TimeSpan.FromMinutes(1),
        [.. free.Select((value, i) => new MemorySample(
            Some.Minute(minute + i), [new CellMemory(0, 1000, value, 10), new CellMemory(1, 1000, value, null)]))]);

    private Task<long> FreeAsync(string host, int cell) =>
        store.AskAsync<long>($"select free_kib from numa.cell_now where host_key = '{host}' and cell = {cell}");
}
