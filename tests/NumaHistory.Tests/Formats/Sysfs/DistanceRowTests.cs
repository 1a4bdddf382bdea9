using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Formats.Sysfs;

public sealed class DistanceRowTests
{
    [Fact]
    public void A_row_as_long_as_the_online_cells_is_matched_in_their_order()
    {
        var distances = DistanceRow.Parse("10 12 25", [0, 1, 3], out var fault);

        Assert.Null(fault);
        Assert.Equal([new CellDistance(0, 10), new CellDistance(1, 12), new CellDistance(3, 25)], distances);
    }

    [Fact]
    public void A_longer_row_is_matched_by_id()
    {
        var distances = DistanceRow.Parse("10 20 30 40", [0, 2], out var fault);

        Assert.Null(fault);
        Assert.Equal([new CellDistance(0, 10), new CellDistance(2, 30)], distances);
    }

    [Theory]
    [InlineData("10 20 30", new[] { 0, 8 }, "has 3 distances, but 2 cells are online")]
    [InlineData("10", new[] { 0, 1 }, "has 1 distances, but 2 cells are online")]
    [InlineData("", new[] { 0 }, "has 0 distances, but 1 cells are online")]
    [InlineData("10 far", new[] { 0, 1 }, "'far' is not a distance")]
    [InlineData("10 256", new[] { 0, 1 }, "'256' is not a distance")]
    [InlineData("10 2", new[] { 0, 1 }, "'2' at its end looks cut off")]
    [InlineData("10 0", new[] { 0, 1 }, "'0' is not a distance")]
    [InlineData("10 -1", new[] { 0, 1 }, "'-1' is not a distance")]
    public void A_row_that_fits_no_rule_is_unknown_and_says_why(string row, int[] online, string reason)
    {
        Assert.Null(DistanceRow.Parse(row, online, out var fault));

        Assert.Equal(reason, fault);
    }
}
