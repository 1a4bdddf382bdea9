using NumaHistory.Schema.Memory;

namespace NumaHistory.Query.Reading;

/// <summary>
/// How much of each cell was used lately: shares from 0 to 1 in equal steps up to a moment; null where no sample is.
/// </summary>
internal sealed record CellTrends(
    TimeSpan Window, IReadOnlyDictionary<(string HostKey, int Cell), IReadOnlyList<double?>> Shares)
{
    public const int Steps = 12;

    /// <summary>The longest window that is looked at.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public static readonly CellTrends None = new(Longest, new Dictionary<(string, int), IReadOnlyList<double?>>());

    private static readonly TimeSpan[] Windows =
        [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(12), TimeSpan.FromHours(1), Longest];

    /// <summary>The shortest window that holds all there is, so that a store of a few minutes shows them.</summary>
    public static CellTrends Of(IReadOnlyList<BlockRow> blocks, DateTimeOffset at)
    {
        if (blocks.Count == 0)
        {
            return None;
        }

        var reach = at - blocks.Min(block => block.FirstAt);
        var window = Windows.FirstOrDefault(window => window >= reach, Longest);
        var shares = blocks
            .SelectMany(block => Points(block, (at - window).ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds()))
            .GroupBy(point => (point.HostKey, point.Cell))
            .ToDictionary(cell => cell.Key, cell => Stepped(cell, at - window, window));
        return new CellTrends(window, shares);
    }

    private static IEnumerable<Share> Points(BlockRow block, long from, long to)
    {
        foreach (var cell in BlockCodec.ReadHeader(block.Payload).Cells)
        {
            var total = BlockCodec.ReadColumn(block.Payload, cell.Id, BlockColumn.Total);
            var free = BlockCodec.ReadColumn(block.Payload, cell.Id, BlockColumn.Free);
            for (var i = 0; i < free.Length; i++)
            {
                var at = free[i].UnixMilliseconds;
                if (at > from && at <= to && total[i].Value > 0 && free[i].Value is { } known)
                {
                    yield return new Share(block.HostKey, cell.Id, at, 1 - ((double)known / total[i].Value!.Value));
                }
            }
        }
    }

    private static IReadOnlyList<double?> Stepped(IEnumerable<Share> points, DateTimeOffset from, TimeSpan window)
    {
        var step = (long)window.TotalMilliseconds / Steps;
        var sums = new (double Sum, int Count)[Steps];
        foreach (var point in points)
        {
            var index = (int)Math.Min(Steps - 1, (point.At - from.ToUnixTimeMilliseconds() - 1) / step);
            sums[index] = (sums[index].Sum + point.Value, sums[index].Count + 1);
        }

        return [.. sums.Select(bucket => bucket.Count == 0 ? (double?)null : bucket.Sum / bucket.Count)];
    }

    private readonly record struct Share(string HostKey, int Cell, long At, double Value);
}
