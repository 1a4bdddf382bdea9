using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>A host whose four cells have the same eight CPUs, as numa=fake and some firmware tell it.</summary>
public sealed class CommonCellsTests
{
    private static readonly HostTopology Topology = Common(new Machine(
        [.. Enumerable.Range(0, 4).Select(cell => new MachineCell(cell, CpuSet.Range(cell * 8, (cell * 8) + 7), 8 * Questions.GiB))]).Topology());

    [Theory]
    [InlineData(CpuKind.Shared, 4, 8, true)]
    [InlineData(CpuKind.Shared, 4, 9, false)]
    [InlineData(CpuKind.Shared, 4, 32, false)]
    [InlineData(CpuKind.Shared, 1, 8, true)]
    [InlineData(CpuKind.Dedicated, 4, 8, true)]
    [InlineData(CpuKind.Dedicated, 4, 9, false)]
    public void A_guest_has_no_more_vCPUs_than_there_are_CPUs(CpuKind kind, int cells, int vcpus, bool fits) =>
        Assert.Equal(fits, Place(kind, cells, vcpus).Fits);

    [Fact]
    public void Shared_vCPUs_that_would_run_on_the_same_CPUs_are_told_how_many_there_are()
    {
        var finding = Assert.Single(Place(CpuKind.Shared, 4, 32).Rejected[0].Findings);

        Assert.Equal(("overcommit", "32 shared CPUs", "8", "ask for no more than 8 vCPUs"), (finding.Code, finding.Saved, finding.Observed, finding.Repair));
    }

    private static PlacementAnswer Place(CpuKind kind, int cells, int vcpus) =>
        new HostPlacer(new GuestWish("g", vcpus, Questions.GiB, kind, cells, Emulator: EmulatorPolicy.Share, Limits: new FitLimits()), Some.Noon)
            .Place(new FitHost("h1", Topology, Questions.Free(Topology)), [], null).Answer;

    private static HostTopology Common(HostTopology apart)
    {
        var cpus = CpuSet.Range(0, 7);
        return HostTopology.Of(
            apart.Cpus with { Possible = cpus, Present = cpus, Online = cpus, Allowed = cpus },
            apart.Cells!.Select(cell => cell with { Cpus = cpus, OnlineCpus = cpus }),
            apart.CpuInfo!.Where(cpu => cpus.Contains(cpu.Id)),
            []);
    }
}
