using NumaHistory.PostgresTests.Demo;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>A decision on a guest that runs otherwise, from the day it is made to the day it is carried out. cache01 of the demo runs on CPUs 8-11 of demo-c.</summary>
public sealed class UndoneDecisionTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>, IAsyncLifetime
{
    private const string Decision = "--host demo-c --pin 0=16 --pin 1=17 --pin 2=18 --pin 3=19 --memory-cells 1 --memory 32GiB --exclusive --by dana --why plan";

    private static readonly DateTimeOffset End = Some.Noon.AddDays(1);

    public async ValueTask InitializeAsync() => await store.LoadDemoAsync(End);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_it_holds_is_taken_for_everybody_and_what_runs_is_judged_until_it_is_done()
    {
        var at = TimeText.Utc(End.AddMinutes(-10));
        Assert.Equal(ExitCode.Yes, (await store.TypeAsync($"decide --guest cache01 {Decision} --at {at}")).Code);

        var pins = (await store.AskAsync("pins cache01 -o json", End)).Items().ToDictionary(item => item.GetProperty("layer").GetString()!);
        var fit = await store.AskAsync("fit cache01 -o json", End);
        var place = await store.AskAsync("place --vcpus 5 --memory 1GiB --cells 1 --on-cells 1 --host demo-c --explain -o json", End);
        var (thief, _, why) = await store.TypeAsync($"decide --guest thief --host demo-c --pin 0=18 --by lee --why greed --at {at}");
        var past = (await store.AskAsync($"pins cache01 -o json --at {TimeText.Utc(End.AddMinutes(-5))}", End)).Items().ToList();

        Assert.Equal(("16", true, "dana"), (pins["decided"].GetProperty("pins")[0].GetProperty("cpus").GetString(), pins["decided"].GetProperty("exclusive").GetBoolean(), pins["decided"].GetProperty("decidedBy").GetString()));
        Assert.Equal(("8", "ops"), (pins["live"].GetProperty("pins")[0].GetProperty("cpus").GetString(), pins["live"].GetProperty("decidedBy").GetString()));
        Assert.Equal(pins.Keys.Order(), past.Select(item => item.GetProperty("layer").GetString()!).Order());
        Assert.Equal(1, fit.Code);
        Assert.Contains("vCPU 0 runs on 8, but dana decided 16", fit.Out, StringComparison.Ordinal);
        Assert.Equal(1, place.Code);
        Assert.Contains("free are: cell 1: 4 of 8", place.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, thief);
        Assert.Contains("CPU 18 of demo-c is taken: cache01 has it alone, decided by dana", why, StringComparison.Ordinal);
        Assert.Equal("{[16,20)}", await store.AskAsync<string>("select c.pinned_cpus::text from numa.guest_claim c join numa.guest g using (guest) where g.name = 'cache01' and c.layer = 'decided'"));

        var (gone, _, _) = await store.TypeAsync($"release --guest cache01 --plan --by ops --why never --at {TimeText.Utc(End.AddMinutes(-2))}");
        var (again, _, none) = await store.TypeAsync($"release --guest cache01 --plan --by ops --why never --at {TimeText.Utc(End.AddMinutes(-1))}");
        var left = (await store.AskAsync("pins cache01 -o json", End)).Items().Single(item => item.GetProperty("layer").GetString() == "live");

        Assert.Equal((ExitCode.Yes, ExitCode.No), (gone, again));
        Assert.StartsWith("numa-recorder: cache01 has no plan at", none, StringComparison.Ordinal);
        Assert.Equal("ops", left.GetProperty("decidedBy").GetString());
        Assert.DoesNotContain("dana", (await store.AskAsync("fit cache01", End)).Out, StringComparison.Ordinal);
        Assert.Equal(["config", "live"], (await store.AskAsync("pins cache01 -o json", End)).Items().Select(item => item.GetProperty("layer").GetString()).Order());
        Assert.Equal(0, (await store.AskAsync("place --vcpus 5 --memory 1GiB --cells 1 --on-cells 1 --host demo-c", End)).Code);
    }
}
