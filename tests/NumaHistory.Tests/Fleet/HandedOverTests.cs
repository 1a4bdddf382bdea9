using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fleet;

/// <summary>A definition that somebody hands over was made when the recorded pinning was only as far as it says the same.</summary>
public sealed class HandedOverTests
{
    private static readonly HostTopology Then = Questions.Machine().Topology();
    private static readonly HostTopology Now = (Questions.Machine() with { Model = "B" }).Topology();

    [Fact]
    public void The_recorded_pinning_was_made_on_the_machine_of_then() => Assert.Equal(["vcpu 0", "vcpu 1"], Remapped(Questions.Guest()));

    [Fact]
    public void New_pins_were_made_nowhere_yet() => Assert.Empty(Remapped(Pinned("6", "7")));

    [Fact]
    public void Of_new_pins_those_that_stayed_were_made_then() => Assert.Equal(["vcpu 0"], Remapped(Pinned("4", "7")));

    private static GuestPins Pinned(string first, string second) =>
        Questions.Guest() with { Pins = [new VcpuPin(0, Some.Cpus(first)), new VcpuPin(1, Some.Cpus(second))] };

    private static IEnumerable<string> Remapped(GuestPins handedOver)
    {
        IHostFact[] seen =
        [
            new TopologyObserved("h1", "sysfs", Now.Fingerprint!, Now.Structure(), Some.Minute(10)),
            new CapacityObserved("h1", "sysfs", Now.CapacityFingerprint!, Now.Capacity(), Some.Minute(10)),
        ];
        var guest = GuestKey.For("h1", Questions.Guest());
        var state = new GuestState(guest).After(new PinningDecided(
            "h1", guest, "web02", Questions.Guest(), new PinningContext(null, null, null, []), "me", "why", "declared", [], [], Some.Minute(1)));
        var fleet = new FleetState(
            new Dictionary<string, HostState> { ["h1"] = seen.Aggregate(new HostState("h1"), (host, fact) => host.After(fact)) },
            new Dictionary<Guid, GuestState> { [guest] = state })
        {
            Then = _ => Then,
        };
        return new FleetCheck(fleet).Judged(handedOver, Some.Minute(20), "h1", Situation.Start).Report.Findings
            .Where(finding => finding.Code == "cpu-remapped").Select(finding => finding.Subject);
    }
}
