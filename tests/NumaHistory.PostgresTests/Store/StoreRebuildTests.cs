using CsCheck;
using NumaHistory.PostgresTests.Journal;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Changes;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Store;

public sealed class StoreRebuildTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static readonly string[] Tables = ["host", "fact", "topology_version", "cell_now", "block", "stream", "guest_fact", "guest", "pin_interval", "guest_pins", "guest_claim", "host_cell", "fact_newest", "guest_newest", "cell_room"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rebuilding_gives_the_rows_of_live_operation()
    {
        await LiveAsync();
        var live = await DumpAsync();

        await new StoreRebuild(store.Source).RunAsync(Cancel);

        Assert.Equal(live, await DumpAsync());
    }

    [Fact]
    public async Task Rebuilding_gives_the_rows_of_any_looks_in_any_order()
    {
        var host = 0;
        await GensLook.Looks.SampleAsync(
            async looks =>
            {
                var machine = $"any-{++host}";
                foreach (var look in looks)
                {
                    await RecordAsync(machine, look);
                }
            },
            iter: 10,
            threads: 1);
        var live = await DumpAsync();

        await new StoreRebuild(store.Source).RunAsync(Cancel);

        Assert.Equal(live, await DumpAsync());
    }

    private async Task RecordAsync(string machine, Look look)
    {
        if (look.Seen is not { } seen)
        {
            await store.Facts.RecordFailureAsync(look.Failure with { Host = machine }, Cancel);
            return;
        }

        var cells = seen.Topology?.Cells?.Select(cell => new CellMemory(cell.Id, cell.MemoryKiB, seen.ObservedAt.Minute, null));
        await store.Facts.RecordAsync(
            seen with { MachineId = machine, Memory = cells is null ? null : new ObservedMemory([.. cells]) }, Cancel);
    }

    private async Task LiveAsync()
    {
        foreach (var minute in new[] { 10, 30, 20, 5, 50, 40 })
        {
            var topology = (minute % 20 == 0 ? Some.TwoCells() : Some.ThreeCells()).Topology();
            await store.Facts.RecordAsync(FactJournalTests.Look("h1", topology, minute) with { IsEveryGuest = true, Guests = Guests(minute) }, Cancel);
            await store.Facts.RecordAsync(FactJournalTests.Look("h2", topology, minute + 1) with { MachineId = "m2" }, Cancel);
        }

        await store.Facts.RecordFailureAsync(new SourceFailed("h1", "sysfs", "gone", Some.Minute(60)), Cancel);
        await store.Facts.RecordGapAsync(
            new SamplingGap("h1", "sysfs", Some.Minute(61), Some.Minute(62), "stall", Some.Minute(62)), Cancel);
        await store.Memory.SealAsync("h1", "sysfs", Block(70), Cancel);
        await store.Memory.WriteTailAsync("h1", "sysfs", Block(80), Cancel);
    }

    private static GuestPins[] Guests(int minute) =>
    [
        new("a", "5d0c3f8e-0000-4000-8000-00000000000a", "running", Pins: [new VcpuPin(0, CpuSet.Of(minute / 10))], MemoryKiB: 64, Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(0, 1))),
        .. minute > 20 ? new[] { new GuestPins("b", "5d0c3f8e-0000-4000-8000-00000000000b", Pins: [new VcpuPin(0, CpuSet.Of(1))], Exclusive: true) } : [],
    ];

    private static MemoryBlock Block(double minute) => new(
        "boot-1",
        null,
        null,
        null,
        TimeSpan.FromMinutes(1),
        [
            new MemorySample(Some.Minute(minute), [new CellMemory(0, 100, 50, 10), new CellMemory(1, 100, 40, null)]),
            new MemorySample(Some.Minute(minute + 1), [new CellMemory(0, 100, 51, 10), new CellMemory(1, 100, 41, null)]),
        ]);

    private async Task<string> DumpAsync()
    {
        var dump = new List<string>();
        foreach (var table in Tables)
        {
            dump.Add(table + "\n" + await store.AskAsync<string>(
                $"select string_agg(row_to_json(t)::text, E'\\n' order by row_to_json(t)::text) from numa.{table} t"));
        }

        return string.Join("\n", dump);
    }
}
