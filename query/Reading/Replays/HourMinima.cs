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
    private static readonly Comparer<(int Rank, string Source)> ByRank = Comparer<(int Rank, string Source)>.Create((left, right) =>
        left.Rank != right.Rank ? left.Rank.CompareTo(right.Rank) : string.CompareOrdinal(left.Source, right.Source));

    public static IReadOnlyList<HourMemory> Of(IEnumerable<BlockRow> blocks, string? hypervisor, DateTimeOffset until)
    {
        var hours = new SortedDictionary<DateTimeOffset, SortedDictionary<(int Rank, string Source), SortedDictionary<int, CellLeast>>>();
        foreach (var block in blocks)
        {
            if (SourceRank.Of(block.Source, hypervisor) is not { } rank)
            {
                continue;
            }

            foreach (var (from, cells) in HourlyLeast.Of(block.Payload, until))
            {
                var sources = hours.TryGetValue(from, out var known) ? known : hours[from] = new(ByRank);
                var least = sources.TryGetValue((rank, block.Source), out var same) ? same : sources[(rank, block.Source)] = [];
                foreach (var cell in cells)
                {
                    least[cell.Id] = least.TryGetValue(cell.Id, out var before) ? before.With(cell) : cell;
                }
            }
        }

        return [.. hours.Select(hour => new HourMemory(hour.Key, new ObservedMemory([.. hour.Value.First().Value.Values.Select(Memory)])))];
    }

    public static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static CellMemory Memory(CellLeast cell) => new(cell.Id, cell.TotalKiB, cell.FreeKiB, cell.EitherKiB - cell.FreeKiB, cell.Pages);
}
