using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Journal;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Journal;

/// <summary>Decisions on a real store: what is refused, who wins, and what is kept with them.</summary>
public sealed class DecisionJournalTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_decision_keeps_its_circumstances()
    {
        await HostAsync("ctx");

        var decided = await store.Decisions.DecideAsync(Request("ctx", "a", 0), Cancel);

        var fact = Assert.IsType<PinningDecided>(decided.Fact);
        Assert.Empty(decided.Reasons);
        Assert.Equal(Some.TwoCells().Topology().Fingerprint, fact.Context.Structure);
        Assert.Equal((0, 0, "0-1"), (fact.Context.Cpus[0].Cell, fact.Context.Cpus[0].Core, fact.Context.Cpus[0].Siblings!.ToString()));
        var item = (await store.AskAsync("history a -o json")).Item();
        Assert.Equal(("pinning.decided", "ops", "to see"), (item.GetProperty("type").GetString(), item.GetProperty("who").GetString(), item.GetProperty("why").GetString()));
        Assert.Equal("tester|testhost|tests", await store.AskAsync<string>("select user_name || '|' || (headers ->> 'machine') || '|' || (headers ->> 'program') from history.mt_events where type = 'pinning.decided' limit 1"));
    }

    [Fact]
    public async Task Everything_that_speaks_against_a_decision_is_said_at_once_and_force_records_it_all_the_same()
    {
        await HostAsync("no");
        await store.Decisions.DecideAsync(Request("no", "first", 3), Cancel);
        var request = Request("no", "second", 3) with
        {
            Pins = Pins("second", 3, 99) with { Memory = new MemoryBinding(MemoryMode.Strict, CpuSet.Of(7)) },
        };

        var refused = await store.Decisions.DecideAsync(request, Cancel);
        var forced = await store.Decisions.DecideAsync(request with { Force = true }, Cancel);

        Assert.Null(refused.Fact);
        Assert.Equal(
            ["no has no CPU 99; it has 0-7", "no has no cell 7; it has 0-1", "CPU 3 of no is taken: first has it alone, decided by ops, since 2026-11-01T12:05:00Z"],
            refused.Reasons);
        Assert.Equal(refused.Reasons, Assert.IsType<PinningDecided>(forced.Fact).Overruled);
    }

    // Two threads a core: 0-1, 2-3, ...
    [Fact]
    public async Task All_threads_of_a_core_that_somebody_wants_alone_are_taken()
    {
        await HostAsync("core");
        await store.Decisions.DecideAsync(Request("core", "plain", 6), Cancel);
        var alone = Request("core", "alone", 2);
        await store.Decisions.DecideAsync(alone with { Pins = alone.Pins with { Smt = SmtPolicy.Isolate } }, Cancel);

        var beside = await store.Decisions.DecideAsync(Request("core", "beside", 3), Cancel);
        var there = Request("core", "there", 7);
        var wanting = await store.Decisions.DecideAsync(there with { Pins = there.Pins with { Smt = SmtPolicy.Isolate } }, Cancel);
        var apart = await store.Decisions.DecideAsync(Request("core", "apart", 4), Cancel);

        Assert.StartsWith("CPU 2 of core, which shares a core with CPU 3, is taken: alone wants all of that core for itself", Assert.Single(beside.Reasons), StringComparison.Ordinal);
        Assert.StartsWith("CPU 6 of core, which shares a core with CPU 7, is taken: plain has it alone", Assert.Single(wanting.Reasons), StringComparison.Ordinal);
        Assert.NotNull(apart.Fact);
    }

    [Fact]
    public async Task Of_two_decisions_for_one_CPU_at_once_one_wins_and_the_other_is_told()
    {
        await HostAsync("race");

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => store.Decisions.DecideAsync(Request("race", $"r{i}", 5), Cancel))));

        Assert.Single(all, one => one.Fact is not null);
        Assert.All(all.Where(one => one.Fact is null), one => Assert.StartsWith("CPU 5 of race is taken", Assert.Single(one.Reasons), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_release_frees_the_CPUs_and_a_second_one_has_nothing_to_release()
    {
        await HostAsync("free");
        await store.Decisions.DecideAsync(Request("free", "holder", 2), Cancel);

        var released = await store.Decisions.ReleaseAsync("free/holder", "ops", "done", Some.Minute(10), Cancel);
        var again = await store.Decisions.ReleaseAsync("holder", "ops", "done", Some.Minute(11), Cancel);
        var next = await store.Decisions.DecideAsync(Request("free", "next", 2) with { At = Some.Minute(12) }, Cancel);

        Assert.IsType<PinningReleased>(released.Fact);
        Assert.Null(again.Fact);
        Assert.NotNull(next.Fact);
    }

    [Fact]
    public async Task A_move_takes_the_decided_CPUs_to_the_other_host()
    {
        await HostAsync("from");
        await HostAsync("to");
        await store.Decisions.DecideAsync(Request("from", "mover", 6), Cancel);

        await store.Decisions.MoveAsync("mover", "to", "ops", "drain", Some.Minute(10), Cancel);

        Assert.NotNull((await store.Decisions.DecideAsync(Request("from", "stays", 6) with { At = Some.Minute(20) }, Cancel)).Fact);
        Assert.Null((await store.Decisions.DecideAsync(Request("to", "comes", 6) with { At = Some.Minute(20) }, Cancel)).Fact);
        Assert.Equal("to", (await store.AskAsync("pins mover -o json")).Items()[0].GetProperty("host").GetString());
    }

    [Fact]
    public async Task Hosts_and_guests_that_nobody_knows_are_named()
    {
        var host = await Assert.ThrowsAsync<Refusal>(() => store.Decisions.DecideAsync(Request("nowhere", "a", 0), Cancel));
        var guest = await Assert.ThrowsAsync<Refusal>(() => store.Decisions.ReleaseAsync("nobody", "ops", "done", Some.Noon, Cancel));

        Assert.Equal((ExitCode.Unknown, ExitCode.Unknown), (host.Code, guest.Code));
    }

    [Fact]
    public async Task A_name_that_means_several_guests_is_refused_with_the_list()
    {
        await HostAsync("twin1");
        await HostAsync("twin2");
        await store.Decisions.DecideAsync(Request("twin1", "twin1/twin", 0), Cancel);
        await store.Decisions.DecideAsync(Request("twin2", "twin2/twin", 0) with { Uuid = Guid.NewGuid().ToString() }, Cancel);

        var refused = await Assert.ThrowsAsync<Refusal>(() => store.Decisions.ReleaseAsync("twin", "ops", "done", Some.Minute(30), Cancel));
        var asked = await store.AskAsync("pins twin");

        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("twin1/twin", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, asked.Code);
        Assert.Contains("means several guests", asked.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_decided_fits_and_the_event_that_breaks_it_is_its_proof()
    {
        await HostAsync("fits");
        await store.Decisions.DecideAsync(Request("fits", "fit-me", 4), Cancel);
        var before = await store.AskAsync("fit fit-me -o json");
        await store.Facts.RecordAsync(FactJournalTests.Look("fits", (Some.TwoCells() with { Offline = CpuSet.Of(4) }).Topology(), 30), Cancel);

        var after = await store.AskAsync("fit fit-me -o json");
        var past = await store.AskAsync("fit fit-me --at 2026-11-01T12:10Z -o json");

        Assert.Equal((0, "FITS"), (before.Code, before.Item().GetProperty("verdict").GetString()));
        Assert.Equal((1, "BROKEN"), (after.Code, after.Item().GetProperty("verdict").GetString()));
        Assert.Equal("FITS", past.Item().GetProperty("verdict").GetString());
        var finding = after.Item().GetProperty("findings").EnumerateArray().First(one => one.GetProperty("code").GetString() == "cpu-offline");
        var proof = finding.GetProperty("proof").EnumerateArray().Select(id => id.GetGuid());
        var events = (await store.AskAsync("history fits --since 2026-11-01T12:30Z -o json")).Items().Select(item => item.GetProperty("id").GetGuid());
        Assert.Subset(events.ToHashSet(), proof.ToHashSet());
    }

    [Fact]
    public async Task Guests_pins_and_intervals_are_rebuilt_as_they_were()
    {
        await HostAsync("again");
        await store.Decisions.DecideAsync(Request("again", "x", 1), Cancel);
        await store.Facts.RecordGuestsAsync(FactJournalTests.Look("again", Some.TwoCells().Topology(), 20) with { Topology = null, Guests = [Pins("x", 1), Pins("y", 2) with { State = "running", Layer = PinLayer.Live }] }, Cancel);
        await store.Facts.RecordGuestsAsync(FactJournalTests.Look("again", Some.TwoCells().Topology(), 25) with { Topology = null, Guests = [Pins("x", 3)], IsEveryGuest = true }, Cancel);
        await store.Decisions.MoveAsync("again/x", "again", "ops", "stays", Some.Minute(26), Cancel);
        var before = await DumpAsync();

        await new StoreRebuild(store.Source).RunAsync(Cancel);
        var (events, breaches) = await new StoreVerification(store.Source).RunAsync(Cancel);

        Assert.Equal(before, await DumpAsync());
        Assert.Contains("\"thread\":\"vcpu\"", before, StringComparison.Ordinal);
        Assert.True(events > 5);
        Assert.Empty(breaches);
    }

    private async Task<string> DumpAsync()
    {
        var dump = new List<string>();
        foreach (var table in (string[])["guest_fact", "guest", "pin_interval"])
        {
            dump.Add(table + await store.AskAsync<string>(
                $"select string_agg(row_to_json(t)::text, E'\\n' order by row_to_json(t)::text) from numa.{table} t"));
        }

        return string.Join("\n", dump);
    }

    private Task<Recorded> HostAsync(string name) => store.Facts.RecordAsync(FactJournalTests.Look(name, Some.TwoCells().Topology(), 0), Cancel);

    private static DecisionRequest Request(string host, string guest, int cpu) => new(
        guest, null, host, Pins(guest.Split('/')[^1], cpu) with { Exclusive = true }, "ops", "to see", "declared", false, [], Some.Minute(5));

    private static GuestPins Pins(string guest, params int[] cpus) => new(
        guest, Vcpus: new GuestVcpus(1, 1), MemoryKiB: 1024, Pins: [new VcpuPin(0, CpuSet.Of(cpus))]);
}
