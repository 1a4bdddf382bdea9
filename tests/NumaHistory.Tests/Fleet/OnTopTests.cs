using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fleet;

/// <summary>A plan holds the memory that its guest does not have there yet, of every kind of page for itself.</summary>
public sealed class OnTopTests
{
    [Theory]
    [InlineData("0", 1, 2048L, "0", 1, 2048L, "")]
    [InlineData("1", 1, 2048L, "0", 1, 2048L, "1:2048:1")]
    [InlineData("0", 3, 2048L, "0", 1, 2048L, "0:2048:2")]
    [InlineData("0", 1, 2048L, "0", 1, null, "0:2048:1")]
    [InlineData("1", 1, null, "0", 1, null, "1:-:1")]
    [InlineData("1", 1, 0L, "0", 1, 0L, "1:0:1")]
    public void What_is_promised_is_told_by_cell_and_page(string cells, int gib, long? page, string nowCells, int nowGib, long? nowPage, string promised)
    {
        var more = GuestIndex.Of(OnTop.Of(Guest(cells, gib, page), Guest(nowCells, nowGib, nowPage)));

        Assert.Equal(promised, string.Join(' ', more.Claims.Where(claim => claim.Cells is not null).Select(claim => $"{claim.Cells}:{claim.PageKiB?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}:{claim.KiB / Questions.GiB}")));
    }

    private static GuestPins Guest(string cells, int gib, long? page) => new(
        "g",
        MemoryKiB: gib * Questions.GiB,
        Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus(cells)),
        Pages: page is { } size ? [new GuestPages(size == 0 ? null : size, null)] : []);
}
