using NumaHistory.PostgresTests.Journal;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Store;

/// <summary>What placement reads: free and promised CPUs and bound memory beside every cell's sample.</summary>
public sealed class FleetTablesTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private const string Cells = "select string_agg(concat_ws(' ', cell, pinned_cpus, exclusive_cpus, free_cpus, free_cpu_count, committed_kib), ' | ' order by cell) from numa.cell_now where host_key = 'moving'";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guests_come_move_and_go_in_the_cells_they_are_pinned_to()
    {
        var machine = Some.TwoCells().Topology();
        var cpus = machine.Cells!.Select(cell => cell.Cpus!.ToString()).ToArray();
        await store.Facts.RecordAsync(FactJournalTests.Look("moving", machine, 0), Cancel);
        Assert.Equal($"0 {{}} {{}} {Ranges(cpus[0])} {machine.Cells![0].Cpus!.Count} 0 | 1 {{}} {{}} {Ranges(cpus[1])} {machine.Cells[1].Cpus!.Count} 0", await store.AskAsync<string>(Cells));

        await SeeAsync("moving", 1, Guest("c", "0", "0-1", 101), Guest("d", "1", "1", 50));
        Assert.StartsWith("0 {[0,2)} {} ", await store.AskAsync<string>(Cells), StringComparison.Ordinal);
        Assert.Equal("51,100", await store.AskAsync<string>("select string_agg(committed_kib::text, ',' order by cell) from numa.cell_now where host_key = 'moving'"));

        await SeeAsync("moving", 2, Guest("c", "0", "1", 100));
        Assert.StartsWith("0 {[0,1)} {} ", await store.AskAsync<string>(Cells), StringComparison.Ordinal);
        Assert.Equal("0,100", await store.AskAsync<string>("select string_agg(committed_kib::text, ',' order by cell) from numa.cell_now where host_key = 'moving'"));

        await SeeAsync("moving", 3);
        Assert.Equal("0,0", await store.AskAsync<string>("select string_agg(committed_kib::text, ',' order by cell) from numa.cell_now where host_key = 'moving'"));
        Assert.Equal("0", await store.AskAsync<string>("select count(*)::text from numa.guest_claim where host_key = 'moving'"));
    }

    [Fact]
    public async Task What_is_in_force_now_is_what_the_fold_says()
    {
        await SeeAsync("folded", 10, Guest("a", "0", "1", 100) with { State = "running" }, Guest("a", "1", "1", 100) with { State = "running", Layer = PinLayer.Live }, Guest("b", "1", "1", 50));

        var now = (await store.AskAsync("pins --host folded -o json")).Items();
        var folded = (await store.AskAsync("pins --host folded --at now -o json")).Items();

        Assert.Equal(3, now.Length);
        Assert.Equal(folded.Select(item => item.GetRawText()), now.Select(item => item.GetRawText()));
    }

    private Task SeeAsync(string host, int minute, params GuestPins[] guests) => store.Facts.RecordAsync(
        FactJournalTests.Look(host, Some.TwoCells().Topology(), minute) with { Guests = guests, IsEveryGuest = true }, Cancel);

    private static GuestPins Guest(string name, string cpu, string cells, long kib) => new(
        name, $"5d0c3f8e-0000-4000-8000-00000000000{name}", Pins: [new VcpuPin(0, Some.Cpus(cpu))], MemoryKiB: kib, Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus(cells)));

    private static string Ranges(string cpus) =>
        $"{{{string.Join(',', CpuSet.Parse(cpus).Ranges().Select(range => $"[{range.First},{range.Last + 1})"))}}}";
}
