using CsCheck;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Replays;
using NumaHistory.Schema.Memory;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query;

/// <summary>The least memory of an hour, which is all that the past knows of free memory.</summary>
public sealed class HourMinimaTests
{
    [Fact]
    public void Free_and_free_plus_reclaimable_have_their_minimum_each()
    {
        var hours = HourMinima.Of([Block("sysfs", (1, 100, 50), (2, 80, 90), (61, 500, 0))], null, Some.Minute(120));

        Assert.Equal([Some.Noon, Some.Minute(60)], hours.Select(hour => hour.From));
        Assert.Equal((80, 70), (hours[0].Least.Cells[0].FreeKiB, hours[0].Least.Cells[0].ReclaimableKiB));
        Assert.Equal((500, 0), (hours[1].Least.Cells[0].FreeKiB, hours[1].Least.Cells[0].ReclaimableKiB));
    }

    [Fact]
    public void The_best_source_of_an_hour_counts_and_later_samples_than_asked_do_not()
    {
        var hours = HourMinima.Of([Block("libvirt", (1, 10, 0)), Block("sysfs", (2, 100, 0), (30, 20, 0))], null, Some.Minute(10));

        Assert.Equal(100, Assert.Single(hours).Least.Cells[0].FreeKiB);
    }

    [Fact]
    public void Thinning_samples_changes_nothing_as_long_as_the_least_ones_stay() =>
        Gen.Select(Gen.Int[0, 59], Gen.Int[0, 900], Gen.Int[0, 900]).Array[2, 20].Sample(samples =>
        {
            var all = samples.DistinctBy(sample => sample.Item1).OrderBy(sample => sample.Item1).ToArray();
            var kept = all.Where(sample => sample == all.MinBy(one => one.Item2) || sample == all.MinBy(one => one.Item2 + one.Item3)).ToArray();
            return Least(all) == Least(kept);
        });

    private static (long?, long?) Least((int, int, int)[] samples)
    {
        var cell = Assert.Single(HourMinima.Of([Block("sysfs", samples)], null, Some.Minute(120))).Least.Cells[0];
        return (cell.FreeKiB, cell.ReclaimableKiB);
    }

    private static BlockRow Block(string source, params (int Minute, int Free, int Reclaimable)[] samples)
    {
        var block = new MemoryBlock(
            null, null, null, null, TimeSpan.FromMinutes(1),
            [.. samples.Select(sample => new MemorySample(Some.Minute(sample.Minute), [new CellMemory(0, 1000, sample.Free, sample.Reclaimable)]))]);
        return new BlockRow("h1", source, block.Samples[0].At, block.Interval, BlockCodec.Encode(block));
    }
}
