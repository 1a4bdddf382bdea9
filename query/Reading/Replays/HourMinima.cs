using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.State;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>
/// The least memory of every cell in every hour of the clock. Free and free plus reclaimable have their minimum each; of several sources the
/// best-ranked one that sampled in the hour counts.
/// </summary>
internal static class HourMinima
{
    public static IReadOnlyList<HourMemory> Of(IEnumerable<BlockRow> blocks, string? hypervisor, DateTimeOffset until) =>
    [
        .. blocks
            .Select(block => (block.Payload, block.Source, Rank: SourceRank.Of(block.Source, hypervisor)))
            .Where(block => block.Rank is not null)
            .SelectMany(block => BlockCodec.Decode(block.Payload).Samples
                .Where(sample => sample.At <= until && sample.Cells.Count > 0)
                .Select(sample => (block.Rank, block.Source, sample)))
            .GroupBy(one => Hour(one.sample.At))
            .OrderBy(hour => hour.Key)
            .Select(hour => new HourMemory(hour.Key, Least(hour
                .GroupBy(one => (one.Rank, one.Source))
                .OrderBy(source => source.Key.Rank).ThenBy(source => source.Key.Source, StringComparer.Ordinal)
                .First()
                .Select(one => one.sample)))),
    ];

    public static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static ObservedMemory Least(IEnumerable<MemorySample> samples) => new(
    [
        .. samples.SelectMany(sample => sample.Cells).GroupBy(cell => cell.Id).OrderBy(cell => cell.Key).Select(Least),
    ]);

    private static CellMemory Least(IGrouping<int, CellMemory> samples)
    {
        var free = samples.Min(sample => sample.FreeKiB);
        var either = samples.Min(sample => sample.FreeKiB + sample.ReclaimableKiB);
        return new CellMemory(
            samples.Key,
            samples.Min(sample => sample.TotalKiB),
            free,
            either - free,
            samples.All(sample => sample.Pages is null) ? null :
            [
                .. samples.SelectMany(sample => sample.Pages ?? []).GroupBy(pages => pages.SizeKiB).OrderBy(size => size.Key)
                    .Select(size => new FreePages(size.Key, size.Any(pages => pages.Free is null) ? null : size.Min(pages => pages.Free))),
            ]);
    }
}
