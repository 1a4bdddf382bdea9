using CsCheck;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.State;

/// <summary>What is known of a guest, in whatever order it was told.</summary>
public sealed class GuestStateTests
{
    private static readonly Guid Id = Guid.Parse("4dea22b3-1d52-4d8f-a32b-6c1b5e2f7a10");

    private static readonly Gen<IGuestFact> Facts = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], Gen.OneOf("h1", "h2"), Gen.Int[0, 3], Gen.OneOf("libvirt", "backfill")).Select(IGuestFact (kind, minute, host, cpu, source) => kind switch
    {
        0 => new GuestSeen(host, source, Id, "g", null, null, Some.Minute(minute)),
        1 => new GuestStarted(host, source, Id, "g", "running", Some.Minute(minute)),
        2 => new GuestStopped(host, source, Id, "g", null, Some.Minute(minute)),
        3 => new GuestGone(host, source, Id, "g", Some.Minute(minute)),
        4 => PinningObserved.Of(host, source, Pins(cpu) with { Layer = PinLayer.Live }, Some.Minute(minute)),
        5 => PinningObserved.Of(host, source, Pins(cpu), Some.Minute(minute)),
        6 => Decided(host, cpu, minute),
        7 => new PlanWithdrawn(host, Id, "g", "me", "why", Some.Minute(minute)),
        8 => new PinningReleased(host, Id, "g", "me", "why", Some.Minute(minute)),
        _ => new MoveDeclared(host, Id, "g", null, "me", "why", Some.Minute(minute)),
    });

    [Fact]
    public void Any_order_of_facts_ends_in_the_same_state() => Gen.Select(Facts.Array[1, 8], Gen.Int[0, 1000]).Sample((facts, seed) =>
    {
        var shuffled = facts.OrderBy(fact => HashCode.Combine(seed, fact)).ToArray();
        var (left, right) = (Fold(facts), Fold(shuffled));
        return left.Host == right.Host && left.IsRunning == right.IsRunning
            && Text(left.Pins(PinLayer.Config)) == Text(right.Pins(PinLayer.Config)) && Text(left.Pins(PinLayer.Live)) == Text(right.Pins(PinLayer.Live));
    });

    [Fact]
    public void The_intervals_of_pins_say_what_the_fold_says_at_every_moment() => Facts.Array[1, 8].Sample(facts =>
    {
        var timeline = PinTimeline.Of(Id, facts.Select(fact => (Guid.NewGuid(), fact)));
        return Enumerable.Range(0, 6).Select(minute => Some.Minute(minute + 0.5)).All(at =>
        {
            var state = Fold(facts.Where(fact => fact.ObservedAt <= at));
            var expected = state.Host is null || state.Pins(PinLayer.Config) is not { } pins ? [] : pins.Pins.Pins.Select(pin => $"{state.Host} {pin.Vcpu} {pin.Cpus} {pins.Pins.Exclusive == true}");
            var found = timeline.Where(one => one.Layer == "config" && one.From <= at && !(one.Until <= at)).Select(one => $"{one.Host} {one.Number} {one.Cpus} {one.Exclusive}");
            return expected.Order().SequenceEqual(found.Order());
        });
    });

    [Fact]
    public void A_decision_stands_for_a_guest_that_nobody_saw()
    {
        var state = Fold([Decided("h1", 2, 0)]);

        Assert.Equal(("h1", false), (state.Host, state.IsRunning));
        Assert.Equal("2", state.Pins(PinLayer.Live)!.Pins.Pins[0].Cpus!.ToString());
        Assert.Equal("declared", state.Pins(PinLayer.Config)!.Origin);
    }

    [Fact]
    public void What_is_seen_as_it_was_decided_is_what_was_promised()
    {
        var state = Fold([Decided("h1", 3, 0), PinningObserved.Of("h1", "libvirt", Pins(3), Some.Minute(1))]);

        var pins = state.Pins(PinLayer.Config)!;
        Assert.Equal(("3", true, "observed", "me"), (pins.Pins.Pins[0].Cpus!.ToString(), pins.Pins.Exclusive, pins.Origin, pins.Decision?.By));
        Assert.Null(state.Promise);
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(1, 0, null)]
    public void A_decision_that_is_not_what_is_seen_is_a_layer_of_its_own(int decided, int seen, bool? isMeantToBeAlone)
    {
        var state = Fold([Decided("h1", 2, decided), PinningObserved.Of("h1", "libvirt", Pins(3), Some.Minute(seen))]);

        var pins = state.Pins(PinLayer.Config)!;
        Assert.Equal(("3", isMeantToBeAlone, "observed", null), (pins.Pins.Pins[0].Cpus!.ToString(), pins.Pins.Exclusive, pins.Origin, pins.Decision?.By));
        Assert.Equal(("me", "libvirt"), (pins.Undone?.By, ((PinningObserved)pins.Made).Source));
        Assert.Equal(("2", true, PinLayer.Decided), (state.Promise!.Pins.Pins[0].Cpus!.ToString(), state.Promise.Pins.Exclusive, state.Promise.Pins.Layer));
    }

    [Fact]
    public void What_is_seen_stands_on_the_decision_that_it_carries_out_until_a_later_one_is_done()
    {
        var seen = PinningObserved.Of("h1", "libvirt", Pins(3), Some.Minute(1));
        var runs = new GuestStarted("h1", "libvirt", Id, "g", "running", Some.Minute(1));
        var (here, elsewhere) = (Fold([Decided("h1", 2, 2), seen, Decided("h1", 3, 0)]), Fold([Decided("h2", 2, 2), seen, runs, Decided("h1", 3, 0)]));

        Assert.All([here, elsewhere], state =>
        {
            var pins = state.Pins(PinLayer.Config)!;
            Assert.Equal((Some.Minute(0), true), (pins.Decision!.ObservedAt, pins.Pins.Exclusive));
            Assert.Equal(Some.Minute(2), state.Promise!.Fact.ObservedAt);
        });
        Assert.Equal((Some.Minute(2), null), (here.Pins(PinLayer.Config)!.Undone?.ObservedAt, elsewhere.Pins(PinLayer.Config)!.Undone));
        Assert.Equal(("h1", "h2"), (elsewhere.Host, elsewhere.DecidedOn));
        var released = here.After(new PinningReleased("h1", Id, "g", "me", "done", Some.Minute(3)));
        Assert.Equal((null, null), (released.Pins(PinLayer.Config)!.Decision, released.Pins(PinLayer.Config)!.Pins.Exclusive));
        var timeline = PinTimeline.Of(Id, new IGuestFact[] { Decided("h1", 2, 2), seen, Decided("h1", 3, 0) }.Select(fact => (Guid.NewGuid(), fact)));
        Assert.Equal(["2", "3"], timeline.Where(pin => pin.Layer == "decided" && pin.Until is null).Select(pin => pin.Cpus.ToString()).Order());
    }

    [Fact]
    public void A_plan_that_is_taken_back_leaves_what_was_decided_before()
    {
        var seen = PinningObserved.Of("h1", "libvirt", Pins(3), Some.Minute(1));
        var planned = Fold([Decided("h1", 3, 0), seen, Decided("h1", 2, 2)]);
        var withdrawn = planned.After(new PlanWithdrawn("h1", Id, "g", "me", "no", Some.Minute(3)));

        Assert.NotNull(planned.Promise);
        Assert.Equal((Some.Minute(0), null, true), (withdrawn.Decided?.ObservedAt, withdrawn.Promise, withdrawn.Pins(PinLayer.Config)!.Pins.Exclusive));
        Assert.Equal(Some.Minute(4), withdrawn.After(Decided("h1", 4, 4)).Decided?.ObservedAt);
    }

    [Fact]
    public void A_guest_that_runs_stays_where_it_runs_until_it_is_seen_elsewhere_and_the_decision_holds_its_host()
    {
        IGuestFact[] runs =
        [
            new GuestStarted("h1", "libvirt", Id, "g", "running", Some.Minute(0)),
            PinningObserved.Of("h1", "libvirt", Pins(3) with { Layer = PinLayer.Live }, Some.Minute(0)),
        ];
        IGuestFact[] gone = [new GuestGone("h1", "libvirt", Id, "g", Some.Minute(2)), new GuestStarted("h2", "libvirt", Id, "g", "running", Some.Minute(2))];
        var (planned, arrived) = (Fold([.. runs, Decided("h2", 2, 1)]), Fold([.. runs, Decided("h2", 2, 1), .. gone]));

        Assert.Equal(("h1", "h2", "3"), (planned.Host, planned.DecidedOn, planned.Pins(PinLayer.Live)!.Pins.Pins[0].Cpus!.ToString()));
        Assert.Equal(["h1", "h2"], planned.Places);
        Assert.NotNull(planned.Promise);
        Assert.Equal(("h2", "h2", "2"), (arrived.Host, arrived.DecidedOn, arrived.Pins(PinLayer.Live)!.Pins.Pins[0].Cpus!.ToString()));
        Assert.Null(arrived.Promise);
    }

    [Theory]
    [InlineData(2, "h2", "me")]
    [InlineData(5, null, null)]
    public void A_decision_goes_along_with_the_pins_it_was_about(int cpu, string? on, string? by)
    {
        var moved = Fold(
        [
            Decided("h1", 2, 0), PinningObserved.Of("h1", "libvirt", Pins(2), Some.Minute(1)), new GuestGone("h1", "libvirt", Id, "g", Some.Minute(2)),
            PinningObserved.Of("h2", "libvirt", Pins(cpu), Some.Minute(2)),
        ]);

        Assert.Equal(("h2", on, by, true), (moved.Host, moved.DecidedOn, moved.Pins(PinLayer.Config)!.Decision?.By, moved.Pins(PinLayer.Config)!.Pins.Exclusive));
        Assert.Null(moved.Promise);
    }

    [Fact]
    public void What_somebody_saw_holds_before_what_was_backfilled_of_whatever_moment()
    {
        IGuestFact[] facts = [PinningObserved.Of("h1", "libvirt", Pins(3), Some.Minute(1)), PinningObserved.Of("h1", "backfill", Pins(2), Some.Minute(2))];

        Assert.Equal(("3", "observed"), (Cpus(Fold(facts)), Fold(facts).Pins(PinLayer.Config)!.Origin));
        Assert.Equal(("2", "backfilled"), (Cpus(Fold(facts[1..])), Fold(facts[1..]).Pins(PinLayer.Config)!.Origin));
    }

    [Fact]
    public void A_decision_tells_which_CPUs_a_backfilled_start_was_pinned_to()
    {
        var started = PinningObserved.Of("h1", "backfill", new GuestPins("g", $"{Id}", Layer: PinLayer.Live, MemoryKiB: 7), Some.Minute(1));
        var pins = Fold([Decided("h1", 2, 0), started]).Pins(PinLayer.Live)!;
        var elsewhere = Fold([Decided("h2", 2, 0), started]).Pins(PinLayer.Live)!;

        Assert.Equal(("2", 7), (pins.Pins.Pins[0].Cpus!.ToString(), pins.Pins.MemoryKiB));
        Assert.Empty(elsewhere.Pins.Pins);
    }

    [Fact]
    public void A_released_decision_promises_nothing_any_more()
    {
        var state = Fold([Decided("h1", 2, 0), new PinningReleased("h1", Id, "g", "me", "done", Some.Minute(1))]);

        Assert.Equal((null, null), (state.Host, state.Pins(PinLayer.Config)));
    }

    [Fact]
    public void A_move_takes_the_pins_along()
    {
        var state = Fold([PinningObserved.Of("h1", "libvirt", Pins(3), Some.Minute(0)), new MoveDeclared("h2", Id, "g", "h1", "me", "why", Some.Minute(1))]);

        Assert.Equal(("h2", "3"), (state.Host, state.Pins(PinLayer.Config)!.Pins.Pins[0].Cpus!.ToString()));
    }

    [Fact]
    public void A_second_look_at_unchanged_guests_adds_nothing_and_a_missing_one_is_gone_only_where_all_were_listed()
    {
        GuestPins[] seen = [Pins(1) with { State = "running", Layer = PinLayer.Live }];
        var first = GuestDetector.Detect("h1", "libvirt", Some.Noon, seen, true, new Dictionary<Guid, GuestState>());
        var known = new Dictionary<Guid, GuestState> { [Id] = Fold(first) };

        Assert.Equal([typeof(GuestSeen), typeof(GuestStarted), typeof(PinningObserved)], first.Select(fact => fact.GetType()));
        Assert.Empty(GuestDetector.Detect("h1", "libvirt", Some.Minute(1), seen, true, known));
        Assert.Empty(GuestDetector.Detect("h1", "libvirt", Some.Minute(1), [], false, known));
        Assert.IsType<GuestGone>(Assert.Single(GuestDetector.Detect("h1", "libvirt", Some.Minute(1), [], true, known)));
    }

    [Fact]
    public void A_layer_that_a_host_no_longer_holds_is_gone_and_nothing_else_is()
    {
        GuestPins[] both = [Pins(1) with { State = "shut off" }, Pins(2) with { State = "shut off", Layer = PinLayer.SavedImage }];
        var first = GuestDetector.Detect("h1", "libvirt", Some.Noon, both, true, new Dictionary<Guid, GuestState>());
        var known = new Dictionary<Guid, GuestState> { [Id] = Fold(first) };

        Assert.Empty(GuestDetector.Detect("h1", "libvirt", Some.Minute(1), both[..1], false, known));
        Assert.Empty(GuestDetector.Detect("h1", "libvirt", Some.Minute(1), both[..1], true, known, [new UnreadGuest("g", Id.ToString(), PinLayer.SavedImage)]));
        var gone = Assert.IsType<PinningGone>(Assert.Single(GuestDetector.Detect("h1", "libvirt", Some.Minute(1), both[..1], true, known)));
        Assert.Equal(PinLayer.SavedImage, gone.Layer);
        Assert.Null(Fold([.. first, gone]).Pins(PinLayer.SavedImage));
        Assert.NotNull(Fold([.. first, gone]).Pins(PinLayer.Config));
    }

    [Fact]
    public void A_guest_that_could_not_be_read_is_neither_gone_nor_stopped()
    {
        GuestPins[] seen = [Pins(1) with { State = "running" }, Pins(1) with { State = "running", Layer = PinLayer.Live }];
        var known = new Dictionary<Guid, GuestState>
        {
            [Id] = Fold(GuestDetector.Detect("h1", "libvirt", Some.Noon, seen, true, new Dictionary<Guid, GuestState>())),
        };

        Assert.Empty(GuestDetector.Detect("h1", "libvirt", Some.Minute(1), [], true, known, [new UnreadGuest("g", Id.ToString(), PinLayer.Config)]));
        Assert.Empty(GuestDetector.Detect(
            "h1", "libvirt", Some.Minute(1), [seen[0] with { State = null }], true, known, [new UnreadGuest("g", Id.ToString(), PinLayer.Live)]));
    }

    [Fact]
    public void A_difference_of_pinnings_applied_gives_the_second() => Gen.Select(Fit.GensQuestion.Any, Fit.GensQuestion.Any)
        .Sample((before, after) => PinningObserved.Of("h", "s", PinningDiff.Apply(before.Guest, PinningDiff.Between(before.Guest, after.Guest)), Some.Noon).Fingerprint
            == PinningObserved.Of("h", "s", after.Guest, Some.Noon).Fingerprint
            && PinningDiff.Between(after.Guest, after.Guest).Count == 0);

    private static string Cpus(GuestState state) => state.Pins(PinLayer.Config)!.Pins.Pins[0].Cpus!.ToString();

    private static GuestState Fold(IEnumerable<IGuestFact> facts) => facts.Aggregate(new GuestState(Id), (state, fact) => state.After(fact));

    private static string Text(PinsInForce? pins) => pins is null ? "" : $"{pins.Origin} {pins.Pins.Exclusive} {string.Join(' ', pins.Pins.Pins)}";

    private static GuestPins Pins(int cpu) => new("g", Id.ToString(), Pins: [new VcpuPin(0, CpuSet.Of(cpu))]);

    private static PinningDecided Decided(string host, int cpu, int minute) => new(
        host, Id, "g", Pins(cpu) with { Exclusive = true }, new PinningContext(null, null, null, []), "me", "why", "declared", [], [], Some.Minute(minute));
}
