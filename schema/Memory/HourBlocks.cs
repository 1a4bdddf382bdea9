namespace NumaHistory.Schema.Memory;

/// <summary>Samples that were taken by somebody else, as blocks: one for each hour of the clock, several where the cells changed in it.</summary>
public static class HourBlocks
{
    // An hour at a second, and some.
    private const int Most = 4096;

    /// <summary>The blocks of samples in order of time; of several of one instant the first counts. Nothing is known of boot and fingerprints.</summary>
    public static IEnumerable<MemoryBlock> Of(IEnumerable<MemorySample> samples)
    {
        var open = new List<MemorySample>();
        foreach (var sample in samples.Where(sample => sample.Cells.Count > 0))
        {
            if (open.Count > 0 && sample.At <= open[^1].At)
            {
                continue;
            }

            if (open.Count > 0 && !Belongs(sample, open))
            {
                yield return Block(open);
                open = [];
            }

            open.Add(sample);
        }

        if (open.Count > 0)
        {
            yield return Block(open);
        }
    }

    private static MemoryBlock Block(List<MemorySample> samples) => new(null, null, null, null, null, samples);

    private static bool Belongs(MemorySample sample, List<MemorySample> open) =>
        open.Count < Most
        && Hour(sample) == Hour(open[0])
        && sample.Cells.Count == open[0].Cells.Count
        && sample.Cells.Zip(open[0].Cells).All(pair => BlockCell.Of(pair.Second).Fits(pair.First));

    private static long Hour(MemorySample sample) => sample.At.UtcTicks / TimeSpan.TicksPerHour;
}
