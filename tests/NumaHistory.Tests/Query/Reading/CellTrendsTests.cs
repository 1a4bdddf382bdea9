using NumaHistory.Query.Reading;
using NumaHistory.Schema.Memory;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Reading;

public sealed class CellTrendsTests
{
    [Fact]
    public void The_window_is_the_shortest_that_holds_all_there_is()
    {
        var young = CellTrends.Of([Block(-1, 0)], Some.Noon);
        var old = CellTrends.Of([Block(-300, -299), Block(-1, 0)], Some.Noon);

        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromHours(6)), (young.Window, old.Window));
    }

    [Fact]
    public void A_step_is_the_mean_share_used_and_one_without_samples_is_not_known()
    {
        var trends = CellTrends.Of([Block(-359, -1)], Some.Noon);

        var shares = trends.Shares[("h1", 0)];

        Assert.Equal([0.75, null, null, null, null, null, null, null, null, null, null, 0.75], shares);
    }

    [Fact]
    public void The_sample_that_holds_is_the_newest_at_or_before_the_moment()
    {
        var blocks = new[] { Block(-60, -30), Block(-45, -40) };

        var at = CellSamples.At(blocks, Some.Minute(-35), null);
        var known = CellSamples.At(blocks, Some.Minute(-35), Some.Minute(-50));

        Assert.Equal(Some.Minute(-40), Assert.Single(at).At);
        Assert.Equal(Some.Minute(-60), Assert.Single(known).At);
    }

    private static BlockRow Block(double first, double last) => new(
        "h1",
        "sysfs",
        Some.Minute(first),
        TimeSpan.FromSeconds(10),
        BlockCodec.Encode(new MemoryBlock(
            null, null, null, null, TimeSpan.FromSeconds(10), [Sample(first), Sample(last)])));

    private static MemorySample Sample(double minute) => new(Some.Minute(minute), [new CellMemory(0, 1000, 250, null)]);
}
