using NumaHistory.Schema.Formats.Sysfs;

namespace NumaHistory.Tests.Formats.Sysfs;

public sealed class ZoneInfoTextTests
{
    private const string Two =
        """
        Node 0, zone   Normal
          pages free     100
                present  1000
                managed  900
        Node 0, zone  Movable
          pages free     100
                present  300
                managed  100
        Node 3, zone  Movable
                present  2000
        """;

    [Fact]
    public void Managed_pages_are_summed_by_node_and_present_ones_where_the_kernel_is_old()
    {
        var nodes = ZoneInfoText.Parse(Two);

        Assert.Equal(new ZoneMemory(1000, 100), nodes[0]);
        Assert.Equal(new ZoneMemory(2000, 2000), nodes[3]);
    }

    [Theory]
    [InlineData(4000, 400)]
    [InlineData(64_000, 6400)]
    [InlineData(3990, 400)]
    public void The_page_size_follows_from_the_total_of_the_node(long totalKiB, long movableKiB) =>
        Assert.Equal(movableKiB, new ZoneMemory(1000, 100).MovableKiB(totalKiB));

    [Fact]
    public void A_total_that_no_page_size_explains_leaves_the_share_unknown() =>
        Assert.Null(new ZoneMemory(1000, 100).MovableKiB(5500));

    [Fact]
    public void No_movable_page_is_none_whatever_the_page_size() =>
        Assert.Equal(0, new ZoneMemory(1000, 0).MovableKiB(null));

    [Fact]
    public void A_zone_without_a_count_leaves_its_node_out()
    {
        var nodes = ZoneInfoText.Parse("Node 0, zone Normal\n  managed 5x\nNode 1, zone Normal\n  managed 7\n");

        Assert.Equal([1], nodes.Keys);
    }
}
