using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Repair;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fleet;

/// <summary>A decision on a guest that runs elsewhere or otherwise: what it promises is taken, what runs is judged as it runs.</summary>
public sealed class PromisedTests
{
    private static readonly Guid Other = Guid.Parse("00000000-0000-4000-8000-0000000000aa");
    private static readonly Guid Id = GuestKey.For("h1", Questions.Guest());
    private static readonly HostTopology Now = Questions.Machine().Topology();
    private static readonly HostTopology Then = (Questions.Machine() with { Model = "B" }).Topology();

    [Fact]
    public void What_runs_was_made_when_it_was_seen_whatever_is_decided_later()
    {
        Assert.Contains("cpu-remapped", Codes(Fleet(Seen(), Decided("8", "9", "2"))));
        Assert.Contains("layer-differs", Codes(Fleet(Seen(), Decided("8", "9", "2"))));
        Assert.Empty(Codes(Fleet(Seen(), Decided("4", "5", "1"))));
    }

    [Fact]
    public void A_repair_is_what_was_decided()
    {
        var (question, report) = new FleetCheck(Fleet(Seen(), Decided("8", "9", "2"))).Judged(Guest(Seen(), Decided("8", "9", "2")), Some.Minute(30), null, null)[0];
        var plan = Repairer.Plan(question, report).Plan!;

        Assert.Equal((Verdict.Fits, "8 9", "2"), (plan.Verdict, string.Join(' ', plan.Proposed.Pins.Select(pin => pin.Cpus)), plan.Proposed.Memory!.Cells!.ToString()));
    }

    [Fact]
    public void What_was_decided_of_a_guest_without_pins_is_a_plan_of_all_of_them()
    {
        IGuestFact[] free =
        [
            .. Seen().Select(fact => fact is PinningObserved { Layer: var layer } ? PinningObserved.Of("h1", "libvirt", Questions.Guest() with { Layer = layer, Pins = [] }, Some.Minute(1)) : fact),
        ];
        var (question, report) = new FleetCheck(Fleet(free, Decided("8", "9", "2"))).Judged(Guest(free, Decided("8", "9", "2")), Some.Minute(30), null, null)[0];
        var plan = Repairer.Plan(question, report).Plan!;

        Assert.Equal(["vcpu 0: all -> 8", "vcpu 1: all -> 9"], plan.Moves.Where(move => move.Subject.StartsWith("vcpu ", StringComparison.Ordinal)).Select(move => $"{move.Subject}: {move.From ?? "all"} -> {move.To}"));
        Assert.Contains("virsh vcpupin web02 1 9 --live --config", plan.Commands);
    }

    [Fact]
    public void Others_meet_what_was_decided_and_what_runs_only_where_it_is_promised()
    {
        var neighbours = new[] { "4", "8" }.Select(cpu => Overlapped(Fleet([.. Seen(), Decided("8", "9", "2"), Neighbour(cpu)])));

        Assert.Equal([false, true], neighbours);
    }

    [Fact]
    public void Nothing_is_placed_on_what_was_decided_or_runs()
    {
        var fleet = Fleet(Seen(), Decided("8", "9", "2"));
        var placer = new FleetPlacer(fleet, new FleetCheck(fleet), new GuestWish("new", 2, Questions.GiB, OnCells: Some.Cpus("1-2")), Some.Minute(30));

        Assert.True(placer.Place(["h1"]).Fits);
        Assert.All(placer.Guests["h1"].Pins, pin => Assert.True(pin.Cpus!.IsSubsetOf(Some.Cpus("6-7,10-11")), pin.Cpus.ToString()));
    }

    [Fact]
    public void Memory_is_promised_where_it_is_not_yet()
    {
        var taken = Commitment.Of(Guest(Seen(), Decided("8", "9", "2")));

        Assert.Equal(
            [("h1", PinLayer.Live, "4-5", 1, true), ("h1", PinLayer.Decided, "8-9", 2, false)],
            taken.Select(one => (one.Host, one.Layer, one.Pinned.ToString(), Assert.Single(one.MemoryKiB).Key, one.Runs)));
        Assert.Single(Commitment.Of(Guest(Seen(), Decided("4", "5", "1"))));
    }

    [Fact]
    public void A_decision_for_another_host_holds_that_host()
    {
        var fleet = Fleet([.. Seen(), Decided("8", "9", "2") with { Host = "h2" }, Neighbour("8") with { Host = "h2" }]);
        var there = new FleetCheck(fleet).Judged(fleet.Guests[Id], Some.Minute(30), "h2", null)[0];

        Assert.Equal(("h1", "h1,h2"), (fleet.Guests[Id].Host, string.Join(',', fleet.Guests[Id].Places)));
        Assert.True(Overlapped(fleet));
        Assert.Equal("8", there.Question.Guest.Pins[0].Cpus!.ToString());
        Assert.DoesNotContain("layer-differs", Codes(fleet));
    }

    [Fact]
    public void Whoever_is_on_a_host_that_another_was_decided_for_meets_it_in_the_matrix_too()
    {
        var free = Fleet([.. Seen(), Neighbour("8") with { Host = "h2" }]);
        var taken = Fleet([.. Seen(), Decided("8", "9", "2") with { Host = "h2" }, Neighbour("8") with { Host = "h2" }]);

        Assert.DoesNotContain("overlap", There(free));
        Assert.Contains("overlap", There(taken));
        Assert.DoesNotContain("overlap", Row(taken, "h1").Codes);

        static MatrixCell Row(FleetState fleet, string host) =>
            Assert.Single(Assert.Single(FleetMatrix.Of(fleet, [fleet.Guests[Other]], ["h1", "h2"], Some.Minute(30))).Hosts, cell => cell.Host == host);
        static IReadOnlyList<string> There(FleetState fleet) => Row(fleet, "h2").Codes;
    }

    private static bool Overlapped(FleetState fleet) =>
        new FleetCheck(fleet).Judge(fleet.Guests[Other], Some.Minute(30), null, null)[0].Findings.Any(finding => finding.Code == "overlap");

    private static IEnumerable<string> Codes(FleetState fleet) => new FleetCheck(fleet).Judge(fleet.Guests[Id], Some.Minute(30), null, null)[0].Findings
        .Where(finding => finding.Verdict != Verdict.Info).Select(finding => finding.Code).Distinct();

    private static IGuestFact[] Seen() =>
    [
        new GuestStarted("h1", "libvirt", Id, "web02", "running", Some.Minute(1)),
        .. new[] { PinLayer.Config, PinLayer.Live }.Select(layer => PinningObserved.Of("h1", "libvirt", Questions.Guest() with { Layer = layer }, Some.Minute(1))),
    ];

    private static PinningDecided Decided(string first, string second, string cell) => new(
        "h1",
        Id,
        "web02",
        new GuestPins(
            "web02",
            Exclusive: true,
            MemoryKiB: 4 * Questions.GiB,
            Pins: [new VcpuPin(0, Some.Cpus(first)), new VcpuPin(1, Some.Cpus(second))],
            Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus(cell))),
        new PinningContext(null, null, null, []), "me", "why", "declared", [], [], Some.Minute(20));

    private static PinningObserved Neighbour(string cpu) => PinningObserved.Of(
        "h1", "libvirt", new GuestPins("other", $"{Other}", Pins: [new VcpuPin(0, Some.Cpus(cpu))]), Some.Minute(2));

    private static GuestState Guest(params IEnumerable<IGuestFact>[] facts) => facts.SelectMany(one => one).Aggregate(new GuestState(Id), (guest, fact) => guest.After(fact));

    private static GuestState Guest(IEnumerable<IGuestFact> seen, IGuestFact decided) => Guest(seen.Append(decided));

    private static FleetState Fleet(IEnumerable<IGuestFact> seen, IGuestFact decided) => Fleet(seen.Append(decided));

    private static FleetState Fleet(IEnumerable<IGuestFact> facts)
    {
        static HostState Host(string key) => new IHostFact[]
        {
            new TopologyObserved(key, "sysfs", Now.Fingerprint!, Now.Structure(), Some.Minute(10)),
            new CapacityObserved(key, "sysfs", Now.CapacityFingerprint!, Now.Capacity(), Some.Minute(10)),
        }.Aggregate(new HostState(key), (host, fact) => host.After(fact));
        return new FleetState(
            new Dictionary<string, HostState> { ["h1"] = Host("h1"), ["h2"] = Host("h2") },
            facts.GroupBy(fact => fact.Guest).ToDictionary(guest => guest.Key, guest => guest.Aggregate(new GuestState(guest.Key), (state, fact) => state.After(fact))))
        {
            Memory = _ => Questions.Free(Now),
            Then = then => then.At < Some.Minute(10) ? Then : Now,
        };
    }
}
