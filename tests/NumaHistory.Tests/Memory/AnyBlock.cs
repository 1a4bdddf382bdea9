using CsCheck;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Memory;

/// <summary>
/// Blocks of every kind that can be: bare confirmations, sparse cells, holes, steps, huge values, irregular times.
/// </summary>
internal static class AnyBlock
{
    private static readonly Gen<long?> Value = Gen.Frequency(
        (3, Gen.Long[0, 1 << 24].Select(pages => (long?)(pages * 4))),
        (2, Gen.Long[0, 1 << 26].Select(kib => (long?)kib)),
        (1, Gen.Long[0, long.MaxValue].Select(huge => (long?)huge)),
        (1, Gen.Const((long?)null)));

    private static readonly Gen<Fingerprint?> Hash = Gen.Byte.Array[0, 3].Null()
        .Select(bytes => bytes is null ? null : Fingerprint.Of(bytes));

    private static readonly Gen<string?> BootId = Gen.OneOf(
        Gen.Guid.Select(id => id.ToString("D")),
        Gen.Guid.Select(id => id.ToString("D").ToUpperInvariant()),
        Gen.String[Gen.Char['\0', 'ÿ'], 0, 20]).Null();

    private static readonly Gen<TimeSpan?> Interval = Gen.Int[0, 3_600_000].Nullable()
        .Select(ms => ms is null ? (TimeSpan?)null : TimeSpan.FromMilliseconds(ms.Value));

    private static readonly Gen<BlockCell[]> Cells = Gen.Select(
        Gen.Int[0, 2000].HashSet[0, 5],
        Gen.Long[1, 1 << 20].Array[0, 3].Null().Array[5],
        (ids, sizes) => ids.Order().Select((id, i) => new BlockCell(id, sizes[i])).ToArray());

    // A step for each sample: mostly the interval, sometimes anything.
    private static readonly Gen<long[]> Steps = Gen.Frequency(
        (4, Gen.Const(10_000L)), (2, Gen.Long[9_990, 10_010]), (1, Gen.Long[1, 1L << 32])).Array[0, 300];

    public static Gen<MemoryBlock> Blocks { get; } =
        from head in Gen.Select(BootId, Hash, Hash, Hash, Interval)
        from cells in Cells
        from steps in Steps
        from first in Gen.Long[-62_135_596_800_000, 100_000_000_000_000]
        from rows in Rows(cells.Sum(cell => 3 + (cell.PageSizesKiB?.Count ?? 0)), steps.Length)
        select new MemoryBlock(
            head.Item1, head.Item2, head.Item3, head.Item4, head.Item5, Samples(cells, steps, first, rows));

    // Each column stays as it was with a probability of its own.
    private static Gen<long?[][]> Rows(int columns, int samples) => Gen.Select(
        Value.Array[columns].Array[samples],
        Gen.Int[0, 100].Array[columns],
        Gen.Int[0, 99].Array[columns].Array[samples],
        (values, sticky, dice) =>
        {
            for (var at = 1; at < samples; at++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var stays = dice[at][column] < sticky[column];
                    values[at][column] = values[stays ? at - 1 : at][column];
                }
            }

            return values;
        });

    private static MemorySample[] Samples(BlockCell[] cells, long[] steps, long first, long?[][] rows)
    {
        var samples = new MemorySample[steps.Length];
        var at = first;
        for (var i = 0; i < samples.Length; i++)
        {
            at += steps[i];
            var column = 0;
            samples[i] = new MemorySample(
                DateTimeOffset.FromUnixTimeMilliseconds(at),
                [.. cells.Select(cell => new CellMemory(
                    cell.Id,
                    rows[i][column++],
                    rows[i][column++],
                    rows[i][column++],
                    cell.PageSizesKiB?.Select(size => new FreePages(size, rows[i][column++])).ToArray()))]);
        }

        return samples;
    }
}
