using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>Where pages are short, the nearest change is in the cell that lacks the fewest, and each guest cell has one of its own. Pages of 2 MiB.</summary>
public sealed class NearestPagesTests
{
    [Fact]
    public void Pages_are_to_be_set_aside_where_the_fewest_are_missing() => Assert.Equal(
        ["set 512 more pages of 2 MiB aside in cell 1"], Repairs(Ask([512, 1024], 1536)));

    [Fact]
    public void Two_guest_cells_are_told_two_cells_that_make_both_fit()
    {
        Assert.Equal(
            ["set 512 more pages of 2 MiB aside in cell 1", "set 1024 more pages of 2 MiB aside in cell 0"], Repairs(Ask([512, 1024], 1536, 1536)));
        Assert.True(Placer.Place(Ask([1536, 1536], 1536, 1536)).Fits);
    }

    [Fact]
    public void A_cell_that_another_guest_cell_takes_is_not_to_be_enlarged()
    {
        Assert.Equal(["set 1124 more pages of 2 MiB aside in cell 0"], Repairs(Ask([412, 1024], 1024, 1536)));
        Assert.True(Placer.Place(Ask([1536, 1024], 1024, 1536)).Fits);
    }

    private static PlacementRequest Ask(long[] free, params long[] needed) => new(
        new PlacementHost("h",
        [
            .. free.Select((pages, cell) => new CellRoom(
                cell, DedicatedCpus: Some.Cpus(cell == 0 ? "0-3" : "4-7"), MemoryKiB: 8 << 20, Pages: [new PageRoom(2048, pages)])),
        ]),
        new PlacementGuest([.. needed.Select((pages, cell) => new CellDemand(cell, DedicatedVcpus: CpuSet.Of(cell), MemoryKiB: pages * 2048, PageSizeKiB: 2048))]));

    private static IEnumerable<string> Repairs(PlacementRequest request) =>
        Placer.Place(request).Rejected[0].Findings.Select(finding => finding.Repair).OfType<string>();
}
