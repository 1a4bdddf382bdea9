using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>Of places that are as close the guest cells lie in the order of the host cells, whatever they need.</summary>
public sealed class TiesTests
{
    [Theory]
    [InlineData(4, 4, "0,1")]
    [InlineData(4, 8, "0,1")]
    [InlineData(2, 8, "1,0")]
    public void Guest_cells_lie_in_order_where_they_can(int cpusOfFirst, int gibOfFirst, string places)
    {
        var request = new PlacementRequest(
            new PlacementHost("h",
            [
                new CellRoom(0, DedicatedCpus: CpuSet.Range(0, cpusOfFirst - 1), MemoryKiB: 8 << 20),
                new CellRoom(1, DedicatedCpus: CpuSet.Range(8, 15), MemoryKiB: 8 << 20),
            ]),
            new PlacementGuest(
            [
                new CellDemand(0, DedicatedVcpus: Some.Cpus("0-3"), MemoryKiB: gibOfFirst << 20),
                new CellDemand(1, DedicatedVcpus: Some.Cpus("4-5"), MemoryKiB: 8 << 20),
            ]));

        Assert.Equal(places, string.Join(',', Placer.Place(request).Candidates[0].Cells!.Select(cell => cell.HostCell)));
    }
}
