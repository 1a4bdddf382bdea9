using System.Text;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Rendering;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Rendering;

/// <summary>Decisions one after the other: each is compared with the one it takes the place of, in what decisions decide.</summary>
public sealed class DecisionHistoryTests
{
    private static readonly Guid Guest = Guid.Parse("5d0c3f8e-0000-4000-8000-000000000001");

    private static readonly GuestPins First = new(
        "web02",
        $"{Guest}",
        Exclusive: true,
        Vcpus: new GuestVcpus(2, 2),
        MemoryKiB: 4_194_304,
        Placement: "static",
        Pins: [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("5"))],
        Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus("1")),
        CurrentMemoryKiB: 4_194_304,
        Backing: new MemoryBacking(false, false));

    // Another person who types the pins only.
    private static readonly GuestPins Typed = First with
    {
        Uuid = null,
        Backing = null,
        Placement = null,
        CurrentMemoryKiB = null,
        Vcpus = null,
        Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("6"))],
    };

    [Fact]
    public void Of_a_decision_by_somebody_who_writes_less_only_the_changed_pins_are_shown()
    {
        var lines = Written(Decided("h1", First, "lee", 0), Decided("h1", Typed, "dana", 5));

        Assert.Contains("web02: 0=4 1=5, memory strict:1, exclusive", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("web02: vcpu 1: 5 -> 6, exclusive", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_decision_by_somebody_who_writes_more_only_the_changed_pins_are_shown() => Assert.EndsWith(
        "web02: vcpu 1: 6 -> 5, exclusive", Written(Decided("h1", Typed, "dana", 0), Decided("h1", First, "lee", 5))[1], StringComparison.Ordinal);

    [Fact]
    public void The_same_pins_on_another_host_are_shown_in_full()
    {
        var lines = Written(Decided("h1", First, "lee", 0), Decided("h2", First, "dana", 5));

        Assert.DoesNotContain("as before", lines[1], StringComparison.Ordinal);
        Assert.Equal(Fact(lines[0]), Fact(lines[1]));
        Assert.Contains("web02: 0=4 1=5, memory strict:1, exclusive", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_decision_again_is_as_before() =>
        Assert.EndsWith("web02: as before, exclusive", Written(Decided("h1", First, "lee", 0), Decided("h1", First, "dana", 5))[1], StringComparison.Ordinal);

    private static string Fact(string line) => line[line.IndexOf("web02:", StringComparison.Ordinal)..];

    private static string[] Written(params PinningDecided[] decisions) =>
    [
        .. Looks.Seen(new HistoryRendering(key => key), [.. decisions.Select(Entry)], Looks.Plain)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd()),
    ];

    private static PinningDecided Decided(string host, GuestPins pins, string who, int minute) =>
        new(host, Guest, "web02", pins, new PinningContext(null, null, null, []), who, "why", "declared", [], [], Some.Minute(minute));

    private static HistoryEntry Entry(PinningDecided fact, int index) => HistoryEntries.Of(new EventRow(
        index + 1, Guid.Empty, EventNames.Of(fact), fact.Host, fact.Host, null, fact.ObservedAt, fact.ObservedAt, fact.By, fact.Why, Encoding.UTF8.GetString(EventJson.Write(fact)), null));
}
