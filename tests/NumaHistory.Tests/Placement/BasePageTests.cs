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

    private static GuestPins? Place(GuestWish wish) => new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", Topology, Questions.Free(Topology)), [], null).Guest;
}
