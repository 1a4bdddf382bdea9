using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Changes;

/// <summary>Hosts as libvirt's capabilities tell of them: the CPUs of cells with their siblings, and no masks of the kernel.</summary>
public sealed class CapabilitiesDiffTests
{
    private static readonly HostTopology Whole = Told("0-1", "2-3", "4-5", "6-7");

    [Fact]
    public void Siblings_that_are_gone_everywhere_are_SMT_switched_off()
    {
        var off = Told("0", "2", "4", "6");

        Assert.Equal([ChangeNames.SmtChanged], Names(Whole, off));
        Assert.Equal([ChangeNames.SmtChanged], Names(off, Whole));
        Assert.Equal("1 thread per core, cpu 1,3,5,7 off", Assert.Single(TopologyDiff.Between(Whole, off)).After!.ToString());
    }

    [Fact]
    public void A_core_that_is_gone_is_CPUs_that_are_gone()
    {
        var less = Told("0-1", "2-3", "4-5", "");

        Assert.Equal([ChangeNames.CpuGone], Names(Whole, less));
        Assert.Equal([ChangeNames.CpuAdded], Names(less, Whole));
        Assert.Equal("cpu 6-7", Assert.Single(TopologyDiff.Between(Whole, less)).Subject);
    }

    [Fact]
    public void A_sibling_that_is_gone_from_one_core_is_a_CPU_that_is_gone() =>
        Assert.Contains(ChangeNames.CpuGone, Names(Whole, Told("0-1", "2-3", "4-5", "6")));

    private static IEnumerable<string> Names(HostTopology before, HostTopology after) => TopologyDiff.Between(before, after).Select(change => change.Name);

    // Two cores a cell.
    private static HostTopology Told(params string[] cores) => HostTopology.Of(
        new CpuMasks(),
        cores.Chunk(2).Select((two, cell) => new Cell(cell, two.Aggregate(CpuSet.Empty, (all, core) => all.Union(Some.Cpus(core))), MemoryKiB: 4_194_304)),
        cores.SelectMany((core, id) => Some.Cpus(core).Members().Select(cpu => new CpuInfo(cpu, id / 2, 0, Core: id % 2, Siblings: Some.Cpus(core)))));
}
