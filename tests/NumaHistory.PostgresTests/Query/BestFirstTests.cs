using System.Text.Json;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Query.Reading.Placing;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>place reads the hosts that may be best first, and answers what it would if it read them all (as --explain does).</summary>
public sealed class BestFirstTests(MigratedStore store) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private const int Hosts = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (await store.AskAsync<long>("select count(*) from numa.host") > 0)
        {
            return;
        }

        var fleet = new MadeUpFleet(seed: 6);
        foreach (var number in Enumerable.Range(0, Hosts))
        {
            var look = fleet.Host(number);
            await store.Facts.RecordAsync(look, Cancel);
            if (number % 13 == 0)
            {
                await store.Facts.RecordFailureAsync(new SourceFailed(look.Host, look.Source, "gone", Some.Minute(1)), Cancel);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("--vcpus 2 --memory 1GiB")]
    [InlineData("--vcpus 6 --memory 3GiB")]
    [InlineData("--vcpus 12 --memory 5GiB")]
    [InlineData("--vcpus 4 --memory 2GiB --cells 2")]
    [InlineData("--vcpus 5 --memory 3GiB --cells 3")]
    [InlineData("--vcpus 4 --memory 4GiB --cells 4 --allow-shared-cells")]
    [InlineData("--vcpus 3 --memory 1GiB --smt isolate")]
    [InlineData("--vcpus 4 --memory 1GiB --smt require --emulator isolate --reserved 1")]
    [InlineData("--vcpus 4 --memory 2GiB --cpu shared")]
    [InlineData("--vcpus 4 --memory 6GiB --cpu shared --memory-ratio 1.5 --cpu-ratio 2")]
    [InlineData("--vcpus 4 --memory 2GiB --cpu shared --cells 2 --emulator isolate")]
    [InlineData("--vcpus 2 --memory 512MiB --hugepages 2MiB")]
    [InlineData("--vcpus 4 --memory 1GiB --hugepages any --cells 2")]
    [InlineData("--vcpus 2 --memory 1GiB --near eth0")]
    [InlineData("--vcpus 2 --memory 1GiB --on-cells 1-2")]
    [InlineData("--vcpus 2 --memory 1GiB --reserve 1GiB --overhead 512MiB")]
    [InlineData("--vcpus 1 --memory 1KiB --reserve 0KiB --overhead 0KiB")]
    public async Task The_best_are_those_of_the_whole_fleet(string guest)
    {
        var found = 0;
        foreach (var policy in new[] { "closest", "pack", "spread" })
        {
            foreach (var limit in new[] { 1, 3, 20 })
            {
                var question = $"place {guest} --policy {policy} --limit {limit} -o json";
                var best = await store.AskAsync(question);
                var all = await store.AskAsync($"{question} --explain");

                Assert.Equal((question, all.Code, Candidates(all)), (question, best.Code, Candidates(best)));
                found += best.Code == 0 ? 1 : 0;
            }
        }

        Assert.Equal(9, found);
    }

    [Theory]
    [InlineData(PlacementPolicy.Pack, CpuKind.Dedicated, 1, 64)]
    [InlineData(PlacementPolicy.Pack, CpuKind.Dedicated, 2, 64)]
    [InlineData(PlacementPolicy.Pack, CpuKind.Shared, 1, 16)]
    [InlineData(PlacementPolicy.Pack, CpuKind.Shared, 2, 64)]
    [InlineData(PlacementPolicy.Pack, CpuKind.Dedicated, 1, 512)]
    [InlineData(PlacementPolicy.Spread, CpuKind.Dedicated, 1, 64)]
    [InlineData(PlacementPolicy.Spread, CpuKind.Dedicated, 3, 64)]
    [InlineData(PlacementPolicy.Spread, CpuKind.Shared, 1, 64)]
    [InlineData(PlacementPolicy.Spread, CpuKind.Shared, 2, 0)]
    public void Few_cells_at_a_time_tell_the_hosts_in_the_order_of_all(PlacementPolicy policy, CpuKind cpu, int cells, long overheadMiB)
    {
        using var reader = History.Reader(store, Some.Noon);
        var wish = new GuestWish("g", 2 * cells, (long)cells << 18, Cells: cells, Cpu: cpu, Policy: policy, Limits: new FitLimits(ReserveKiB: 1 << 16, GuestOverheadKiB: overheadMiB << 10));
        var order = new ScoreOrder(wish, RoomNeed.Of(wish).First());
        List<RoomyHost> Told(int cellsPerKind, int first) =>
            [.. new LeftFreeHosts(order, first, cellsPerKind).Parts(question => reader.Ask(question, Cancel)).SelectMany(part => part)];

        var all = Told(10_000, Hosts);

        Assert.True(all.Count > Hosts / 4);
        Assert.Equal(all, Told(1, 1));
        Assert.Equal(all, Told(3, 2));
    }

    [Fact]
    public async Task A_host_that_is_named_is_answered_as_among_all()
    {
        const string question = "place --vcpus 2 --memory 1GiB --limit 1000 -o json";
        var among = (await store.AskAsync($"{question} --explain")).Item().GetProperty("candidates").EnumerateArray().ToList();

        var alone = among.Select(async one => Candidates(await store.AskAsync($"{question} --host {one.GetProperty("host").GetString()}")));
        var unknown = await store.AskAsync("place --vcpus 2 --memory 1GiB --host fleet-x -o json");

        Assert.Equal(among.Select(one => one.GetRawText()), (await Task.WhenAll(alone)).Select(answer => JsonDocument.Parse(answer).RootElement[0].GetRawText()));
        Assert.Equal(4, unknown.Code);
    }

    [Fact]
    public async Task What_nobody_has_room_for_is_told_with_the_closest_misses()
    {
        var outcome = await store.AskAsync("place --vcpus 64 --memory 1GiB --cells 1 -o json");

        Assert.Equal(1, outcome.Code);
        Assert.Equal(3, outcome.Item().GetProperty("rejected").GetArrayLength());
    }

    [Theory]
    [InlineData(64, 1L << 20, 1)]
    [InlineData(2, 1L << 32, 1)]
    [InlineData(80, 1L << 32, 2)]
    public async Task Of_hosts_without_room_some_are_told_that_lack_no_more_than_any(int vcpus, long kib, int cells)
    {
        using var reader = History.Reader(store, Some.Noon.AddDays(1));
        var search = new BestFirst(reader, new GuestWish("g", vcpus, kib, Cells: cells, Limits: new FitLimits(ReserveKiB: 128 << 10, GuestOverheadKiB: 64 << 10)), Some.Noon.AddDays(1), 10);
        var all = (await store.AskAsync($"place --vcpus {vcpus} --memory {kib}KiB --cells {cells} --explain -o json")).Item().GetProperty("rejected").EnumerateArray()
            .Select(host => host.GetProperty("findings").GetArrayLength()).ToList();

        Assert.Null(search.Find(Cancel));
        var some = search.Nearest(8, Cancel);

        Assert.False(some.Answer.Fits);
        Assert.Equal(8, some.Looked);
        Assert.Equal(all.Min(), some.Answer.Rejected[0].Findings.Count);
    }

    [Fact]
    public async Task A_renamed_host_has_its_room_under_the_new_name()
    {
        var look = new MadeUpFleet(seed: 60).Host(1001);
        await store.Facts.RecordAsync(look, Cancel);
        await store.Facts.RecordAsync(look with { Host = "fleet-renamed", ObservedAt = Some.Minute(5) }, Cancel);

        Assert.Equal("fleet-renamed", await store.AskAsync<string>($"select string_agg(distinct name, ',') from numa.cell_room where host_key = '{look.MachineId}'"));
    }

    private static string Candidates(History.Outcome outcome) => outcome.Item().GetProperty("candidates").GetRawText();
}
