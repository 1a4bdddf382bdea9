using NumaHistory.PostgresTests.Journal;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Journal;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>A guest runs on one host and was decided for another, to which it never came.</summary>
public sealed class HindsightElsewhereTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static readonly HostTopology Whole = Some.TwoCells().Topology();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_became_of_a_decision_is_judged_on_the_host_that_it_was_made_for()
    {
        var pins = new GuestPins("stayer", Vcpus: new GuestVcpus(1, 1), MemoryKiB: 1024, Pins: [new VcpuPin(0, CpuSet.Of(1))]);
        await store.Facts.RecordAsync(FactJournalTests.Look("here", Whole, 0), Cancel);
        await store.Facts.RecordAsync(FactJournalTests.Look("there", Whole, 0), Cancel);
        await store.Facts.RecordGuestsAsync(
            FactJournalTests.Look("here", Whole, 1) with { Topology = null, Guests = [pins with { State = "running", Layer = PinLayer.Live }], IsEveryGuest = true }, Cancel);
        await store.Decisions.DecideAsync(
            new DecisionRequest("stayer", null, "there", pins with { Pins = [new VcpuPin(0, CpuSet.Of(4))] }, "ops", "plan", "declared", false, [], Some.Minute(5)), Cancel);
        await store.Facts.RecordAsync(FactJournalTests.Look("there", (Some.TwoCells() with { Offline = CpuSet.Of(4) }).Topology(), 30), Cancel);

        var hindsight = await store.AskAsync("hindsight stayer -o json", Some.Minute(35));
        var live = (await store.AskAsync("pins stayer -o json", Some.Minute(35))).Items().Single(item => item.GetProperty("layer").GetString() == "live");

        var (item, since) = (hindsight.Item(), hindsight.Item().GetProperty("since"));
        var intervals = since.GetProperty("intervals").EnumerateArray().ToList();
        Assert.Equal("here", live.GetProperty("host").GetString());
        Assert.Equal(("there", "FITS", "FITS"), (item.GetProperty("host").GetString(), Verdict(item.GetProperty("known")), Verdict(item.GetProperty("actual"))));
        Assert.Equal([("there", "FITS"), ("there", "BROKEN")], intervals.Select(one => (one.GetProperty("host").GetString(), Verdict(one))));
        Assert.False(since.GetProperty("held").GetBoolean());
    }

    [Fact]
    public async Task What_became_of_a_plan_is_not_what_became_of_what_runs_instead()
    {
        var pins = new GuestPins("planned", "5d0c3f8e-0000-4000-8000-000000000031", Vcpus: new GuestVcpus(1, 1), MemoryKiB: 1024, Pins: [new VcpuPin(0, CpuSet.Of(1))]);
        await store.Facts.RecordAsync(FactJournalTests.Look("plan", Whole, 0), Cancel);
        await store.Facts.RecordGuestsAsync(
            FactJournalTests.Look("plan", Whole, 1) with { Topology = null, Guests = [pins with { State = "running", Layer = PinLayer.Live }], IsEveryGuest = true }, Cancel);
        await store.Decisions.DecideAsync(
            new DecisionRequest("planned", null, "plan", pins with { Pins = [new VcpuPin(0, CpuSet.Of(4))] }, "ops", "plan", "declared", false, [], Some.Minute(5)), Cancel);
        await store.Facts.RecordAsync(FactJournalTests.Look("plan", (Some.TwoCells() with { Offline = CpuSet.Of(4) }).Topology(), 30), Cancel);

        var since = (await store.AskAsync("hindsight planned -o json", Some.Minute(35))).Item().GetProperty("since");
        var runs = await store.AskAsync("fit planned -o json", Some.Minute(35));

        Assert.Equal(["FITS", "DEGRADED"], since.GetProperty("intervals").EnumerateArray().Select(Verdict));
        Assert.Contains("which does not fit on this host", runs.Out, StringComparison.Ordinal);
        Assert.Equal("DEGRADED", Verdict(runs.Items().Single(item => item.GetProperty("situation").GetString() == "running")));
    }

    private static string? Verdict(System.Text.Json.JsonElement item) => item.GetProperty("verdict").GetString();
}
