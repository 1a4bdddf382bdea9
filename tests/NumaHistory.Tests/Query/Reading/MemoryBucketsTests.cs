using CsCheck;
using NumaHistory.Query.Reading;
using NumaHistory.Schema.Memory;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Reading;

public sealed class MemoryBucketsTests
{
    private static readonly HostRow Host = new("h1", "h1", null, null, null, null, 1, 2, 1024, Some.Noon, Some.Noon);

    [Fact]
    public void Buckets_are_aligned_to_the_step_and_a_gap_has_none()
    {
        var block = Block("sysfs", [(50, 100), (59, 300), (61, 50), (190, 70)]);

        var items = MemoryBuckets.Of(Host, [block], null, Span()).ToList();

        Assert.Equal(
            [(Some.Noon, 2), (Some.Minute(60), 1), (Some.Minute(180), 1)],
            items.Select(item => (item.From, item.Samples)));
        Assert.Equal([100L, 200L, 300L, 100L], [items[0].Min, items[0].Avg, items[0].Max, items[0].P05]);
    }

    [Fact]
    public void In_a_bucket_the_best_ranked_source_counts()
    {
        var libvirt = Block("libvirt", [(1, 1), (70, 2)]);
        var sysfs = Block("sysfs", [(2, 10)]);

        var items = MemoryBuckets.Of(Host, [libvirt, sysfs], null, Span()).ToList();

        Assert.Equal([10L, 2L], items.Select(item => item.Min!.Value));
    }

    [Fact]
    public void The_end_does_not_belong_to_the_stretch()
    {
        var block = Block("sysfs", [(0, 1), (599, 2), (600, 3)]);

        var items = MemoryBuckets.Of(Host, [block], null, Span()).ToList();

        Assert.Equal([1L, 2L], items.Select(item => item.Max!.Value));
    }

    [Fact]
    public void P05_is_the_lowest_value_that_five_in_a_hundred_reach() =>
        Gen.Long[0, 1_000_000].Array[1, 120].Sample(values =>
        {
            var samples = values.Select((value, second) => (second / 8.0, value)).ToArray();

            var item = Assert.Single(MemoryBuckets.Of(Host, [Block("sysfs", samples)], null, Span()));

            Assert.Equal(values.Order().ElementAt((int)Math.Ceiling(0.05m * values.Length) - 1), item.P05);
            Assert.Equal(values.Length, item.Samples);
            Assert.True(item.Min <= item.P05 && item.P05 <= item.Max && item.Min <= item.Avg && item.Avg <= item.Max);
        });

    [Fact]
    public void Figures_that_were_not_asked_for_and_cells_that_were_not_named_stay_out()
    {
        var items = MemoryBuckets.Of(
            Host, [Block("sysfs", [(0, 1)])], Some.Cpus("0"), Span() with { Figures = ["min"] }).ToList();
        var none = MemoryBuckets.Of(Host, [Block("sysfs", [(0, 1)])], Some.Cpus("1"), Span());

        Assert.Equal((1L, (long?)null), (items[0].Min!.Value, items[0].P05));
        Assert.Empty(none);
    }

    private static MemorySpan Span() => new(Some.Noon, Some.Minute(600), TimeSpan.FromHours(1), MemorySpan.AllFigures);

    private static BlockRow Block(string source, IEnumerable<(double Minute, long Free)> samples) => new(
        "h1",
        source,
        Some.Noon,
        TimeSpan.FromSeconds(10),
        BlockCodec.Encode(new MemoryBlock(
            null,
            null,
            null,
            null,
            TimeSpan.FromSeconds(10),
            [.. samples.Select(Sample)])));

    private static MemorySample Sample((double Minute, long Free) one) =>
        new(Some.Minute(one.Minute), [new CellMemory(0, 2_000_000, one.Free, null)]);
}
