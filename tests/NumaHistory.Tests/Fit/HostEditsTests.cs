using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>Hosts as they would be.</summary>
public sealed class HostEditsTests
{
    private static readonly FitHost Host = new(
        "h1",
        Some.TwoCells().Topology(),
        new ObservedMemory([new CellMemory(0, 4_194_304, 1_000_000, 200_000), new CellMemory(1, 4_194_304, 3_000_000, 0)]),
        Settings: new HostSettings("6.1.0", Smt: "on"));

    [Fact]
    public void A_cell_goes_with_its_CPUs_its_memory_and_the_way_to_it()
    {
        var edited = (HostEdits.None with { WithoutCells = CpuSet.Of(1) }).Of(Host);

        Assert.Equal([0], edited.Topology!.Cells!.Select(cell => cell.Id));
        Assert.Equal("0-3", edited.Topology.Cpus.Present!.ToString());
        Assert.Equal([0], edited.Topology.Cells![0].Distances!.Select(to => to.Cell));
        Assert.Equal([0], edited.Memory!.Cells.Select(cell => cell.Id));
        Assert.Equal([0, 1, 2, 3], edited.Topology.CpuInfo!.Select(cpu => cpu.Id));
    }

    [Fact]
    public void Without_SMT_the_first_thread_of_every_core_stays_alone()
    {
        var edited = (HostEdits.None with { SmtOff = true }).Of(Host);

        Assert.Equal("0,2,4,6", edited.Topology!.Cpus.Online!.ToString());
        Assert.Equal("0-7", edited.Topology.Cpus.Present!.ToString());
        Assert.Equal("0", edited.Topology.CpuInfo![0].Siblings!.ToString());
        Assert.Null(edited.Topology.CpuInfo[1].Siblings);
        Assert.Equal("off", edited.Settings!.Smt);
    }

    [Fact]
    public void A_core_whose_first_thread_is_gone_keeps_the_other()
    {
        var edited = (HostEdits.None with { SmtOff = true, WithoutCpus = CpuSet.Of(0) }).Of(Host);

        Assert.Equal("1-2,4,6", edited.Topology!.Cpus.Online!.Except(CpuSet.Of(0)).ToString().Replace("1,2", "1-2", StringComparison.Ordinal));
        Assert.Equal("1-7", edited.Topology.Cpus.Present!.ToString());
    }

    [Theory]
    [InlineData(5_194_304, 2_000_000)]
    [InlineData(3_694_304, 500_000)]
    [InlineData(1_048_576, 0)]
    public void Memory_that_comes_is_free_and_what_goes_was(long total, long free)
    {
        var edited = (HostEdits.None with { MemoryKiB = new Dictionary<int, long> { [0] = total } }).Of(Host);

        Assert.Equal(total, edited.Topology!.Cells![0].MemoryKiB);
        Assert.Equal((total, free), (edited.Memory!.Cells[0].TotalKiB!.Value, edited.Memory.Cells[0].FreeKiB!.Value));
        Assert.Equal(Host.Memory!.Cells[1], edited.Memory.Cells[1]);
    }

    [Fact]
    public void What_a_host_does_not_have_is_told()
    {
        var (cells, cpus) = new HostEdits(CpuSet.Of(1, 7), CpuSet.Of(3, 99), false, new Dictionary<int, long> { [8] = 1 }).Missing(Host.Topology!);

        Assert.Equal(("7-8", "99"), (cells.ToString(), cpus.ToString()));
    }
}
