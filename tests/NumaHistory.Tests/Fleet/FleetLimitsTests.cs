using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fleet;

/// <summary>What may be promised several times is no finding, of guests in the store as of whole questions.</summary>
public sealed class FleetLimitsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData(1.0, true)]
    [InlineData(1.5, false)]
    public void Memory_may_be_promised_as_often_as_somebody_says(double? ratio, bool isTooMuch)
    {
        var topology = Questions.Machine().Topology();
        IHostFact[] seen =
        [
            new TopologyObserved("h1", "sysfs", topology.Fingerprint!, topology.Structure(), Some.Noon),
            new CapacityObserved("h1", "sysfs", topology.CapacityFingerprint!, topology.Capacity(), Some.Noon),
        ];
        var guests = new[] { "4", "5" }.Select(Guest).ToDictionary(guest => guest.Guest);
        var fleet = new FleetState(new Dictionary<string, HostState> { ["h1"] = seen.Aggregate(new HostState("h1"), (host, fact) => host.After(fact)) }, guests)
        {
            Limits = new FitLimits(MemoryAllocationRatio: ratio),
        };

        var codes = new FleetCheck(fleet).Judge(guests.Values.First(), Some.Minute(1), null, null)[0].Findings.Select(finding => finding.Code);

        Assert.Equal(isTooMuch, codes.Contains("memory-committed"));
    }

    private static GuestState Guest(string cpu)
    {
        var id = Guid.Parse($"00000000-0000-4000-8000-00000000000{cpu}");
        return new GuestState(id).After(PinningObserved.Of(
            "h1",
            "libvirt",
            new GuestPins(
                $"g{cpu}", $"{id}", MemoryKiB: 5 * Questions.GiB, Vcpus: new GuestVcpus(1, 1), Pins: [new VcpuPin(0, Some.Cpus(cpu))],
                Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(1))),
            Some.Noon));
    }
}
