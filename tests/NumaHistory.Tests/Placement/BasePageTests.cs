using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>A recorded host lists its huge pages only; its base page is smaller than all of them. A cell of 8 GiB, 1 GiB of it in pages of 2 MiB.</summary>
public sealed class BasePageTests
{
    private static readonly HostTopology Topology = new Machine([new MachineCell(0, Some.Cpus("0-7"), 8 * Questions.GiB, HugePages: 512)]).Topology();

    [Theory]
    [InlineData(null, PageChoice.Small, 7, null)]
    [InlineData(4L, null, 7, null)]
    [InlineData(null, PageChoice.Large, 1, 2048L)]
    [InlineData(null, PageChoice.Any, 1, 2048L)]
    [InlineData(2048L, null, 1, 2048L)]
    public void Small_pages_are_ordinary_memory_and_large_ones_any_huge_page(long? size, PageChoice? choice, int gib, long? backed)
    {
        var wish = new GuestWish("g", 2, gib * Questions.GiB, PageSizeKiB: size, PageSize: choice, Limits: new FitLimits());

        var guest = Place(wish);

        Assert.Equal(backed, guest!.Pages.Select(pages => pages.SizeKiB).SingleOrDefault());
        Assert.Null(Place(wish with { MemoryKiB = (gib + 1) * Questions.GiB }));
    }

    [Theory]
    [InlineData(64L)]
    [InlineData(16L << 20)]
    public void A_size_that_the_host_does_not_list_is_no_matter_of_how_many_are_free(long size)
    {
        var answer = new HostPlacer(new GuestWish("g", 2, 16 * Questions.GiB, Cells: 1, PageSizeKiB: size, Limits: new FitLimits()), Some.Noon)
            .Place(new FitHost("h1", Topology, Questions.Free(Topology)), [], null).Answer;

        var finding = Assert.Single(answer.Rejected[0].Findings, finding => finding.Code == "hugepages");
        Assert.Equal($"the host has no huge pages of {FitWords.Size(size)} (it has 2 MiB, 1 GiB)", finding.Text);
        Assert.Equal("ask for pages of 2 MiB or 1 GiB, or for ordinary memory", finding.Repair);
    }

    private static GuestPins? Place(GuestWish wish) => new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", Topology, Questions.Free(Topology)), [], null).Guest;
}
