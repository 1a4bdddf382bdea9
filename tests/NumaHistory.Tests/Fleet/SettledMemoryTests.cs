using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fleet;

/// <summary>What boots of a host teach of its usual drift.</summary>
public sealed class SettledMemoryTests
{
    [Fact]
    public void Every_finished_boot_counts_once_with_the_most_it_had()
    {
        var settled = new SettledMemory();
        foreach (var fact in new IHostFact[]
        {
            Boot("a", 0), Total(1000, 1), Total(990, 60),
            Boot("b", 100), Total(1010, 101), Total(1020, 103), Boot("b", 140),
            Boot("c", 200),
            Boot("d", 300), Total(500, 301),
        })
        {
            settled.Pass(fact);
        }

        Assert.Equal([1000, 1020, 1020], settled.Of("h1", "sysfs")![0]);
        Assert.Null(settled.Of("h1", "libvirt"));
    }

    [Theory]
    [InlineData("10000,10020,10010", 3, 20)]
    [InlineData("10000,5000,5010,5005", 3, 10)]
    [InlineData("10000,10030,5000,5010,10000", 4, 30)]
    [InlineData("10000,5000", null, null)]
    [InlineData("10000", null, null)]
    public void A_step_that_is_a_module_teaches_nothing(string totals, int? boots, int? kib)
    {
        var usual = UsualDrift.Of([.. totals.Split(',').Select(long.Parse)]);

        Assert.Equal((boots, kib), (usual?.Boots, (int?)usual?.KiB));
    }

    private static HostBooted Boot(string id, double minute) => new("h1", "h1", "sysfs", null, null, id, null, null, null, null, Some.Minute(minute));

    private static CapacityObserved Total(long kib, double minute)
    {
        var capacity = new HostCapacity(null, null, null, null, [new CellCapacity(0, null, kib, null, null)]);
        return new CapacityObserved("h1", "sysfs", Fingerprint.Of(capacity), capacity, Some.Minute(minute));
    }
}
