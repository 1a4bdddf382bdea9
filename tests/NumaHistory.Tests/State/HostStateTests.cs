using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.State;

public sealed class HostStateTests
{
    private static readonly HostTopology Two = Some.TwoCells().Topology();
    private static readonly HostTopology Three = Some.ThreeCells().Topology();

    [Theory]
    [InlineData(null, "sysfs")]
    [InlineData("kvm", "sysfs")]
    [InlineData("xen", "xl")]
    public void In_force_is_the_best_source_that_has_a_topology(string? hypervisor, string expected)
    {
        string[] sources = ["lgrpinfo", "libvirt", "sysfs", "xl"];

        var state = State([.. sources.Select(source => Structure(source, Two)), Booted("libvirt", hypervisor)]);

        Assert.Equal(expected, state.InForce?.Name);
    }

    [Fact]
    public void On_xen_the_sysfs_of_dom0_is_never_in_force()
    {
        var state = State(Structure("sysfs", Two), Booted("sysfs", "xen"));

        Assert.Null(state.InForce);
        Assert.Null(state.Topology);
    }

    [Fact]
    public void On_xen_any_import_is_better_than_the_sysfs_of_dom0()
    {
        var state = State(Structure("sysfs", Two), Structure("hwloc", Three), Booted("xl", "xen"));

        Assert.Equal("hwloc", state.InForce?.Name);
    }

    [Fact]
    public void Xen_is_believed_whoever_says_it()
    {
        var state = State(Booted("libvirt", "kvm"), Booted("xl", "xen"));

        Assert.Equal("xen", state.Hypervisor);
    }

    [Fact]
    public void Two_imports_of_equal_rank_are_told_apart_by_their_name()
    {
        var state = State(Structure("lgrpinfo", Two), Structure("hwloc", Three));

        Assert.Equal("hwloc", state.InForce?.Name);
    }

    [Fact]
    public void A_source_that_fails_keeps_what_it_said_until_it_says_something_else()
    {
        var failed = State(Structure("sysfs", Two), new SourceFailed("h1", "sysfs", "unreadable", Some.Minute(1)));
        var recovered = failed.After(new SourceRecovered("h1", "sysfs", Some.Minute(2)));

        Assert.Equal((true, Two.Fingerprint), (failed.InForce!.HasFailed, failed.Topology!.Fingerprint));
        Assert.Equal((false, Two.Fingerprint), (recovered.InForce!.HasFailed, recovered.Topology!.Fingerprint));
    }

    [Fact]
    public void A_host_goes_by_its_key_until_it_has_a_name_and_by_its_newest_name_then()
    {
        var facts = new IHostFact[] { Booted("sysfs", null), new HostRenamed("key", "web01", Some.Minute(5)) };

        var names = Enumerable.Range(0, 3)
            .Select(count => facts.Take(count).Aggregate(new HostState("key"), After).Name);

        Assert.Equal(["key", "h1", "web01"], names);
        Assert.Equal("web01", facts.Reverse().Aggregate(new HostState("key"), After).Name);
    }

    [Fact]
    public void A_renaming_holds_over_later_boots_of_the_old_name()
    {
        var again = (HostBooted)Booted("sysfs", null) with { ObservedAt = Some.Minute(9) };

        var state = State(Booted("sysfs", null), new HostRenamed("h1", "web01", Some.Minute(5)), again);

        Assert.Equal(("web01", Some.Minute(9)), (state.Name, state.Boot!.ObservedAt));
    }

    [Fact]
    public void The_topology_is_in_force_since_the_younger_of_its_facets()
    {
        var structure = Structure("sysfs", Two, minute: 3);
        var older = Capacity("sysfs", Two, minute: 1);
        var younger = Capacity("sysfs", Two, minute: 4);

        Assert.Null(new HostState("h1").After(older).Sources["sysfs"].Topology);
        Assert.Equal(Some.Minute(3), State(structure).InForce!.TopologySince);
        Assert.Equal(Some.Minute(3), State(structure, older).InForce!.TopologySince);
        Assert.Equal(Some.Minute(4), State(structure, older, younger).InForce!.TopologySince);
    }

    [Fact]
    public void Structure_and_capacity_are_put_together_again()
    {
        var state = State(Structure("sysfs", Three), Capacity("sysfs", Three));

        Assert.Equal(
            (Three.Fingerprint, Three.CapacityFingerprint, Three.Find(2)!.MemoryKiB),
            (state.Topology!.Fingerprint, state.Topology.CapacityFingerprint, state.Topology.Find(2)!.MemoryKiB));
    }

    [Fact]
    public void A_capacity_of_other_cells_leaves_a_new_cell_unknown_and_not_empty()
    {
        var state = State(Structure("sysfs", Three, minute: 1), Capacity("sysfs", Two));

        Assert.Equal((4_194_304L, null), (state.Topology!.Find(1)!.MemoryKiB, state.Topology.Find(2)!.MemoryKiB));
    }

    [Fact]
    public void The_newest_gap_is_kept_and_moves_nothing_else()
    {
        var gap = new SamplingGap("h1", "sysfs", Some.Minute(1), Some.Minute(2), "stall", Some.Minute(2));
        var older = gap with { ObservedAt = Some.Minute(1) };

        var state = State(Structure("sysfs", Two), gap, older);

        Assert.Equal(gap, state.Sources["sysfs"].LastGap);
        Assert.Equal(Two.Fingerprint, state.Topology!.Fingerprint);
    }

    private static HostState State(params IHostFact[] facts) => facts.Aggregate(new HostState("h1"), After);

    private static HostState After(HostState state, IHostFact fact) => state.After(fact);

    private static IHostFact Booted(string source, string? hypervisor) =>
        new HostBooted("h1", "h1", source, null, null, "boot-1", null, "x86_64", hypervisor, null, Some.Noon);

    private static TopologyObserved Structure(string source, HostTopology topology, double minute = 0) =>
        new("h1", source, topology.Fingerprint!, topology.Structure(), Some.Minute(minute));

    private static CapacityObserved Capacity(string source, HostTopology topology, double minute = 0) =>
        new("h1", source, topology.CapacityFingerprint!, topology.Capacity(), Some.Minute(minute));
}
