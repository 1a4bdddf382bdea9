using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Replay;

/// <summary>The event at the step down, in stories that happen.</summary>
public sealed class BlameTests
{
    private static readonly Guid Web02 = Histories.Guests[0];
    private static readonly Guid Web03 = Histories.Guests[1];
    private static readonly HostTopology Whole = Questions.Machine().Topology();
    private static readonly HostTopology Offline = Questions.Masks(Whole, masks => masks with { Online = Some.Cpus("0-3,6-15") });

    [Fact]
    public void A_guest_that_fits_has_nobody_to_blame()
    {
        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4", 1)]);

        Assert.Equal((Verdict.Fits, null, null), (blamed.Now.Verdict, blamed.Step, blamed.Event));
    }

    [Fact]
    public void Cpus_that_go_offline_are_blamed_and_all_whom_it_broke_are_named()
    {
        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4", 1), Decided(Web03, "5", 2), .. Seen(Offline, 10)]);

        Assert.Equal((Some.Minute(10), Some.Minute(10)), (blamed.Step!.From, blamed.LastFitted));
        Assert.IsType<CapacityObserved>(blamed.Event!.Fact);
        Assert.Equal(Web03, Assert.Single(blamed.AlsoBroke).Guest.Guest);
    }

    [Fact]
    public void What_was_repaired_in_between_is_not_blamed()
    {
        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4", 1), .. Seen(Offline, 10), .. Seen(Whole, 20), .. Seen(Offline, 30)]);

        Assert.Equal((Some.Minute(30), Some.Minute(30)), (blamed.Step!.From, blamed.LastFitted));
    }

    [Fact]
    public void Something_worse_that_came_and_went_is_not_blamed_for_what_was_there_before()
    {
        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4-6", 1), .. Seen(Offline, 10), Decided(Web03, "6", 20), Decided(Web03, "8", 30)]);

        Assert.Equal([Verdict.Fits, Verdict.Degraded, Verdict.Broken, Verdict.Degraded], blamed.Guest.Intervals.Select(interval => interval.Verdict));
        Assert.Equal((Some.Minute(10), Some.Minute(10)), (blamed.Step!.From, blamed.LastFitted));
        Assert.IsType<CapacityObserved>(blamed.Event!.Fact);
    }

    [Fact]
    public void What_mends_the_worst_only_is_not_blamed_for_what_broke()
    {
        var worse = Questions.Masks(Whole, masks => masks with { Online = Some.Cpus("0-3,7-15") });
        var better = Questions.Masks(Whole, masks => masks with { Online = Some.Cpus("0-3,6-15") });

        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4-6", 1), .. Seen(worse, 10), .. Seen(better, 20)]);

        Assert.Equal([Verdict.Fits, Verdict.Broken, Verdict.Degraded], blamed.Guest.Intervals.Select(interval => interval.Verdict));
        Assert.Equal((Some.Minute(10), Some.Minute(10)), (blamed.Step!.From, blamed.LastFitted));
        Assert.Equal(Some.Minute(10), Assert.IsType<CapacityObserved>(blamed.Event!.Fact).ObservedAt);
    }

    [Fact]
    public void What_ends_something_worse_is_blamed_where_something_else_is_wrong_from_then_on()
    {
        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4-6", 1), Decided(Web03, "6", 10), .. Seen(Offline, 20), Decided(Web03, "8", 20)]);

        Assert.Equal([Verdict.Fits, Verdict.Broken, Verdict.Degraded], blamed.Guest.Intervals.Select(interval => interval.Verdict));
        Assert.Equal(Some.Minute(20), blamed.Step!.From);
    }

    [Fact]
    public void What_joins_a_break_that_lasts_did_not_break_it()
    {
        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "6", 1), Decided(Web03, "6", 10), .. Seen(Questions.Masks(Whole, masks => masks with { Online = Some.Cpus("0-5,7-15") }), 20)]);

        Assert.Equal([Verdict.Fits, Verdict.Broken, Verdict.Broken], blamed.Guest.Intervals.Select(interval => interval.Verdict));
        Assert.Equal((Some.Minute(10), Some.Minute(10)), (blamed.Step!.From, blamed.LastFitted));
        Assert.Contains("offline", blamed.Now.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_finding_about_another_CPU_is_a_stretch_of_its_own()
    {
        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4", 1), .. Seen(Offline, 10), Decided(Web02, "5", 20)]);

        Assert.Equal(["vCPU 0 is pinned to CPU 4, but CPU 4 is offline; it cannot start", "vCPU 0 is pinned to CPU 5, but CPU 5 is offline; it cannot start"], blamed.Guest.Intervals.Skip(1).Select(interval => interval.Text));
        Assert.Equal(Some.Minute(10), blamed.Step!.From);
    }

    [Fact]
    public void A_time_in_which_nobody_looked_takes_nothing_back()
    {
        var blamed = Of(
            Web02,
            [.. Seen(Whole, 0), Decided(Web02, "4", 1), .. Seen(Offline, 10), new SamplingGap("h1", "sysfs", Some.Minute(20), Some.Minute(40), "stopped", Some.Minute(40))]);

        Assert.Equal(Some.Minute(10), blamed.Step!.From);
        Assert.IsType<CapacityObserved>(blamed.Event!.Fact);
    }

    [Fact]
    public void A_source_that_fell_silent_is_blamed_for_what_nobody_knows()
    {
        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4", 1), new SourceFailed("h1", "sysfs", "gone", Some.Minute(30))]);

        Assert.Equal((Verdict.Unknown, Some.Minute(30)), (blamed.Now.Verdict, blamed.Step!.From));
        Assert.IsType<SourceFailed>(blamed.Event!.Fact);
    }

    [Fact]
    public void A_pinning_that_was_wrong_from_its_first_day_blames_its_own_decision()
    {
        var blamed = Of(Web03, [.. Seen(Whole, 0), Decided(Web02, "4", 1), Decided(Web03, "4", 5)]);

        Assert.Null(blamed.LastFitted);
        Assert.Equal(Web03, Assert.IsType<PinningDecided>(blamed.Event!.Fact).Guest);
        Assert.Equal(Web02, Assert.Single(blamed.AlsoBroke).Guest.Guest);
    }

    [Fact]
    public void A_pinning_that_ended_says_when_and_by_what_and_what_held_until_then()
    {
        PinningReleased released = new("h1", Web03, "g2", "me", "done", Some.Minute(20));

        var blamed = Of(Web03, [.. Seen(Whole, 0), Decided(Web02, "4", 1), Decided(Web03, "4", 5), released]);

        Assert.Equal((Verdict.Broken, Some.Minute(5), Some.Minute(20)), (blamed.Now.Verdict, blamed.Step!.From, blamed.Ended));
        Assert.Same(released, blamed.EndedBy!.Fact);
        Assert.Null(Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4", 1)]).Ended);
    }

    [Fact]
    public void A_pinning_that_ended_in_the_moment_asked_about_has_ended()
    {
        var blamed = Of(Web02, [.. Seen(Whole, 0), Decided(Web02, "4", 1), new PinningReleased("h1", Web02, "g1", "me", "done", Some.Minute(60))]);

        Assert.Equal((Verdict.Fits, Some.Minute(60)), (blamed.Now.Verdict, blamed.Ended));
    }

    [Fact]
    public void A_boot_with_another_bios_says_so()
    {
        HostBooted boot = new("h1", "h1", "sysfs", null, null, "b1", Some.Noon, "x86_64", null, new HostSettings("6.1", Bios: "2.14"), Some.Noon);
        var again = boot with { BootId = "b2", Settings = boot.Settings! with { Bios = "2.15" }, ObservedAt = Some.Minute(10) };

        Assert.Equal(
            [new SettingChange("bootId", "b1", "b2"), new SettingChange("bios", "2.14", "2.15")],
            SettingChange.Between(boot, again));
        Assert.Empty(SettingChange.Between(null, again));
    }

    [Fact]
    public void The_fact_before_is_the_newest_older_one_of_its_kind()
    {
        IHostFact[] seen = [.. Seen(Whole, 0), .. Seen(Offline, 10), .. Seen(Whole, 20)];
        HistoryFact[] facts = [.. seen.Select(fact => new HistoryFact(Guid.NewGuid(), fact))];

        var last = facts.Last(fact => fact.Fact is CapacityObserved);

        Assert.Equal(Some.Minute(10), Assert.IsType<CapacityObserved>(Predecessor.Of(last, facts)!.Fact).ObservedAt);
        Assert.Null(Predecessor.Of(facts[0], facts));
    }

    private static Blamed Of(Guid guest, IReadOnlyList<IHostFact> facts) => Blame.Of(
        guest,
        new ReplayInput([.. facts.Select(fact => new HistoryFact(Guid.NewGuid(), fact))]),
        new ReplayQuestion(DateTimeOffset.MinValue, Some.Minute(60)))!;

    private static IHostFact[] Seen(HostTopology machine, int minute) =>
    [
        new TopologyObserved("h1", "sysfs", machine.Fingerprint!, machine.Structure(), Some.Minute(minute)),
        new CapacityObserved("h1", "sysfs", machine.CapacityFingerprint!, machine.Capacity(), Some.Minute(minute)),
    ];

    private static PinningDecided Decided(Guid guest, string cpu, int minute) => new(
        "h1", guest, $"g{guest.ToString()[^1]}",
        new GuestPins($"g{guest.ToString()[^1]}", guest.ToString(), Pins: [new VcpuPin(0, Some.Cpus(cpu))], Exclusive: true, Vcpus: new GuestVcpus(1, 1)),
        new PinningContext(null, null, null, []), "me", "why", "declared", [], [], Some.Minute(minute));
}
