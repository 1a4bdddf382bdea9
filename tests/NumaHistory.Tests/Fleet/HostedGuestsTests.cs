using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fleet;

/// <summary>In which cells of its host a guest is, and what is odd about it.</summary>
public sealed class HostedGuestsTests
{
    private static readonly MemoryBinding InCell1 = new(MemoryMode.Strict, CpuSet.Of(1));

    [Theory]
    [InlineData("0", "1", "0")]
    [InlineData("0", "4", "0-1 spanning")]
    [InlineData("0-3", "2-3", "0")]
    [InlineData("0", null, "0-1 floating")]
    [InlineData("0-7", "0-7", "0-1 floating")]
    public void A_guest_is_where_its_vCPUs_are_pinned(string? first, string? second, string cells) =>
        Assert.Equal(cells, Seen(Guest(first, second)));

    [Fact]
    public void Memory_that_is_bound_is_a_place_too()
    {
        Assert.Equal("0-1 spanning", Seen(Guest("0", "1") with { Memory = InCell1 }));
        Assert.Equal("1 floating", Seen(Guest(null, null) with { Memory = InCell1 }));
    }

    [Fact]
    public void The_set_that_all_threads_inherit_is_a_pin_of_each() => Assert.Equal("1", Seen(Guest(null, null) with { Cpus = Some.Cpus("4-5") }));

    [Fact]
    public void A_guest_without_pins_is_where_its_memory_was_seen() => Assert.Equal(
        "1 floating", Seen(Guest(null, null) with { Layer = PinLayer.Live, Effective = new EffectivePinning(MemoryCells: CpuSet.Of(1)) }));

    [Fact]
    public void A_thread_that_may_run_elsewhere_than_it_was_told_has_drifted() => Assert.Equal(
        "0 drifted", Seen(Guest("0", "1") with { Layer = PinLayer.Live, Effective = new EffectivePinning([new EffectivePin(0, Some.Cpus("0")), new EffectivePin(1, Some.Cpus("4"))]) }));

    [Fact]
    public void Bound_memory_is_counted_in_its_cells()
    {
        var guest = Assert.Single(Of(Guest("0", "1") with { MemoryKiB = 1001, Memory = new MemoryBinding(MemoryMode.Strict, CpuSet.Parse("0-1")) }));

        Assert.Equal([(0, 501L), (1, 500L)], guest.MemoryKiB.Select(cell => (cell.Key, cell.Value)));
    }

    [Fact]
    public void What_is_decided_and_not_carried_out_is_planned_in_its_cells_with_its_memory()
    {
        var decided = Guest("4", "5") with { MemoryKiB = 1000, Memory = InCell1 };

        var guests = Of(Guest("0", "1") with { MemoryKiB = 1000, Memory = new MemoryBinding(MemoryMode.Strict, CpuSet.Of(0)) }, decided);

        Assert.Equal(
            [("0", false, 0, 1000L), ("1", true, 1, 1000L)],
            guests.Select(guest => ($"{guest.Cells}", guest.IsPlanned, Assert.Single(guest.MemoryKiB).Key, guest.MemoryKiB.Values.Single())));
        Assert.False(guests[1].IsFloating || guests[1].IsSpanning || guests[1].IsDrifted);
        Assert.False(Assert.Single(Of(decided, decided)).IsPlanned);
    }

    private static string Seen(GuestPins pins)
    {
        var guest = Assert.Single(Of(pins));
        return $"{guest.Cells}{(guest.IsSpanning ? " spanning" : "")}{(guest.IsFloating ? " floating" : "")}{(guest.IsDrifted ? " drifted" : "")}";
    }

    private static IReadOnlyList<HostedGuest> Of(GuestPins pins, GuestPins? decided = null)
    {
        var look = Some.Look(Some.TwoCells().Topology());
        var host = ChangeDetector.Detect("h1", look, KnownFacts.None).Aggregate(new HostState("h1"), (state, fact) => state.After(fact));
        var seen = pins with { State = pins.Layer == PinLayer.Live ? "running" : "shut off" };
        var guests = GuestDetector.Detect("h1", "libvirt", look.ObservedAt, [seen], true, new Dictionary<Guid, GuestState>())
            .Concat(decided is null ? [] : Decided(decided, look.ObservedAt.AddMinutes(1))).GroupBy(fact => fact.Guest).ToDictionary(
            one => one.Key, one => one.Aggregate(new GuestState(one.Key), (state, fact) => state.After(fact)));
        return HostedGuests.Of(new FleetState(new Dictionary<string, HostState> { ["h1"] = host }, guests), "h1", look.ObservedAt);
    }

    private static IEnumerable<IGuestFact> Decided(GuestPins pins, DateTimeOffset at) =>
        [new PinningDecided("h1", GuestKey.For("h1", pins), pins.Guest, pins, new PinningContext(null, null, null, []), "me", "why", "declared", [], [], at)];

    private static GuestPins Guest(string? first, string? second) => new(
        "g",
        Vcpus: new GuestVcpus(2, 2),
        Pins: [.. new[] { (0, first), (1, second) }.Where(one => one.Item2 is not null).Select(one => new VcpuPin(one.Item1, CpuSet.Parse(one.Item2!)))]);
}
