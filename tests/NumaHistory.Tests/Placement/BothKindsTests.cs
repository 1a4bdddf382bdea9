using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>CPUs that a document lists as shared and as dedicated: whoever is given one has it for himself.</summary>
public sealed class BothKindsTests
{
    [Theory]
    [InlineData("0-3", 0, 4, true)]
    [InlineData("0-3", 1, 4, false)]
    [InlineData("0-3", 1, 3, true)]
    [InlineData("0-3", 4, 1, false)]
    public void Shared_vCPUs_have_none_that_others_have_alone(string cpus, int used, int vcpus, bool fits)
    {
        var room = Room(cpus, cpus) with { UsedDedicatedCpus = CpuSet.Of(Enumerable.Range(0, used)) };

        var answer = Place(room, new CellDemand(0, SharedVcpus: CpuSet.Range(0, vcpus - 1)));

        Assert.Equal(fits, answer.Fits);
        Assert.False(fits && answer.Candidates[0].Cells![0].Pins![0].Cpus!.Overlaps(room.UsedDedicatedCpus));
    }

    [Theory]
    [InlineData("0-1", "0-1", false, "")]
    [InlineData("0-2", "0-1", true, "2")]
    [InlineData("0-2", "0-3", true, "1-2")]
    public void Nor_those_of_vCPUs_of_the_same_guest(string shared, string dedicated, bool fits, string left)
    {
        var answer = Place(Room(shared, dedicated), new CellDemand(0, SharedVcpus: CpuSet.Of(2), DedicatedVcpus: CpuSet.Of(0, 1)));

        Assert.Equal(fits, answer.Fits);
        Assert.Equal(left, answer.Candidates.SelectMany(one => one.Cells![0].Pins!).FirstOrDefault(pin => pin.Vcpu == 2)?.Cpus?.ToString() ?? "");
    }

    [Fact]
    public void Nor_the_other_threads_of_a_core_that_is_kept_alone()
    {
        var room = Room("0-3", "0-3") with { Siblings = [Some.Cpus("0-1"), Some.Cpus("2-3")] };
        var demand = new CellDemand(0, SharedVcpus: CpuSet.Of(1), DedicatedVcpus: CpuSet.Of(0), Smt: SmtPolicy.Isolate);

        var pins = Place(room, demand).Candidates[0].Cells![0].Pins!;

        Assert.Equal(("0", "2-3"), (pins[0].Cpus!.ToString(), pins[1].Cpus!.ToString()));
        Assert.False(Place(room, demand with { SharedVcpus = Some.Cpus("1-3") }).Fits);
    }

    [Fact]
    public void Nor_those_of_another_guest_cell_on_the_same_host_cell()
    {
        var request = new PlacementRequest(
            new PlacementHost("h", [Room("0-3", "0-3")]),
            new PlacementGuest([new CellDemand(0, SharedVcpus: CpuSet.Of(1, 2)), new CellDemand(1, DedicatedVcpus: CpuSet.Of(0))]),
            AllowSharedCells: true);

        var cells = Placer.Place(request).Candidates[0].Cells!;

        Assert.Equal(("1-3", "0"), (cells[0].Pins![0].Cpus!.ToString(), cells[1].Pins![0].Cpus!.ToString()));
    }

    [Fact]
    public void As_many_are_asked_for_as_would_be_left()
    {
        var finding = Assert.Single(Place(Room("0-3", "0-3"), new CellDemand(0, SharedVcpus: Some.Cpus("2-5"), DedicatedVcpus: CpuSet.Of(0, 1))).Rejected[0].Findings);

        Assert.Equal(("overcommit", "cell 0: 2", "ask for no more than 2 vCPUs in a guest cell"), (finding.Code, finding.Observed, finding.Repair));
        Assert.Equal(
            "ask for no more than 2 CPUs in a guest cell",
            Assert.Single(Place(Room("0-1", "0-1"), new CellDemand(0, SharedVcpus: CpuSet.Of(2), DedicatedVcpus: CpuSet.Of(0, 1))).Rejected[0].Findings).Repair);
    }

    private static CellRoom Room(string shared, string dedicated) => new(0, Some.Cpus(shared), Some.Cpus(dedicated));

    private static PlacementAnswer Place(CellRoom room, CellDemand demand) =>
        Placer.Place(new PlacementRequest(new PlacementHost("h", [room]), new PlacementGuest([demand])));
}
