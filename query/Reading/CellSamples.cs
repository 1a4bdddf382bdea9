using NumaHistory.Schema.Memory;

namespace NumaHistory.Query.Reading;

/// <summary>The sample that holds at a moment: the newest at or before it, of every cell.</summary>
internal static class CellSamples
{
    public static IReadOnlyList<CellSample> At(IEnumerable<BlockRow> blocks, DateTimeOffset at, DateTimeOffset? knownAt)
    {
        var latest = knownAt < at ? knownAt.Value : at;
        return
        [
            .. blocks.SelectMany(block => Of(block, latest))
                .GroupBy(Cell)
                .Select(cell => cell.MaxBy(sample => sample.At)!),
        ];
    }

    private static IEnumerable<CellSample> Of(BlockRow block, DateTimeOffset latest)
    {
        var samples = BlockCodec.Decode(block.Payload).Samples;
        var sample = samples.LastOrDefault(sample => sample.At <= latest);
        return sample is null
            ? []
            : sample.Cells.Select(cell => new CellSample(block.HostKey, block.Source, sample.At, block.Interval, cell));
    }

    private static (string Host, int Cell) Cell(CellSample sample) => (sample.HostKey, sample.Memory.Id);
}
