using NumaHistory.Schema.Memory;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Memory;

public sealed class HourBlocksTests
{
    [Fact]
    public void A_block_ends_with_the_hour_and_where_the_cells_change()
    {
        MemorySample[] samples =
        [
            Sample(50, 0), Sample(55, 0), Sample(55, 0), Sample(60, 0), Sample(70, 0, 1), Sample(80), Sample(90, 0, 1),
        ];

        var blocks = HourBlocks.Of(samples).ToList();

        Assert.Equal([[50, 55], [60], [70, 90]], blocks.Select(block => block.Samples.Select(sample => (int)(sample.At - Some.Noon).TotalMinutes)));
        Assert.All(blocks, block => Assert.Equal(block.Samples.Count, BlockCodec.Decode(BlockCodec.Encode(block)).Samples.Count));
    }

    private static MemorySample Sample(int minute, params int[] cells) =>
        new(Some.Minute(minute), [.. cells.Select(cell => new CellMemory(cell, 100, 50, null))]);
}
