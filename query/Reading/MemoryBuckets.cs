using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading;

/// <summary>
/// Free memory of cells in steps of time, aligned to the step (UTC), from raw samples. In a step in which several
/// sources sampled a cell the best-ranked one counts. A step without a sample is not there.
/// </summary>
internal static class MemoryBuckets
{
    public static IEnumerable<MemoryItem> Of(
        HostRow host, IEnumerable<BlockRow> blocks, CpuSet? cells, MemorySpan span) => blocks
        .Where(block => block.HostKey == host.Key && SourceRank.Of(block.Source, host.Hypervisor) is not null)
        .SelectMany(block => Points(block, cells, span))
        .GroupBy(point => (point.Cell, point.Bucket))
        .OrderBy(bucket => bucket.Key.Cell)
        .ThenBy(bucket => bucket.Key.Bucket)
        .Select(bucket => Item(host, bucket.Key.Cell, bucket.Key.Bucket, Best(bucket, host.Hypervisor), span));

    private static IEnumerable<Point> Points(BlockRow block, CpuSet? cells, MemorySpan span)
    {
        var step = (long)span.Step.TotalMilliseconds;
        var from = span.From.ToUnixTimeMilliseconds();
        var to = span.To.ToUnixTimeMilliseconds();
        foreach (var cell in BlockCodec.ReadHeader(block.Payload).Cells.Where(cell => cells?.Contains(cell.Id) ?? true))
        {
            foreach (var point in BlockCodec.ReadColumn(block.Payload, cell.Id, BlockColumn.Free))
            {
                if (point.Value is { } free && point.UnixMilliseconds >= from && point.UnixMilliseconds < to)
                {
                    var bucket = point.UnixMilliseconds - (((point.UnixMilliseconds % step) + step) % step);
                    yield return new Point(block.Source, cell.Id, bucket, point.UnixMilliseconds, free);
                }
            }
        }
    }

    // The same instant may be in two blocks, when a capture is imported beside a running recorder.
    private static long[] Best(IEnumerable<Point> points, string? hypervisor) =>
    [
        .. points.GroupBy(point => point.Source)
            .OrderBy(source => SourceRank.Of(source.Key, hypervisor))
            .ThenBy(source => source.Key, StringComparer.Ordinal)
            .First()
            .DistinctBy(point => point.At)
            .Select(point => point.Free)
            .Order(),
    ];

    private static MemoryItem Item(HostRow host, int cell, long bucket, long[] free, MemorySpan span)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(bucket);
        return new MemoryItem(
            host.Name,
            cell,
            from,
            from + span.Step,
            "raw",
            free.Length,
            span.Wants("min", free[0]),
            span.Wants("avg", (long)Math.Round(free.Average(value => (decimal)value), MidpointRounding.AwayFromZero)),
            span.Wants("max", free[^1]),
            span.Wants("p05", free[((free.Length + 19) / 20) - 1]));
    }

    private readonly record struct Point(string Source, int Cell, long Bucket, long At, long Free);
}
