using CsCheck;
using NumaHistory.Schema.Memory;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Memory;

/// <summary>What columns say of an hour is what its samples say.</summary>
public sealed class HourlyLeastTests
{
    private static readonly Gen<long?> Value = Gen.Long[0, 5_000].Nullable();

    private static readonly Gen<MemoryBlock> Blocks =
        from minutes in Gen.Int[0, 150].Array[1, 12]
        from values in Value.Array[12 * 2 * 4]
        from isSized in Gen.Bool
        select new MemoryBlock(null, null, null, null, TimeSpan.FromMinutes(1),
        [
            .. minutes.Distinct().Order().Select((minute, i) => new MemorySample(Some.Minute(minute),
            [
                .. Enumerable.Range(0, 2).Select(cell => new CellMemory(
                    cell, values[(i * 8) + (cell * 4)], values[(i * 8) + (cell * 4) + 1], values[(i * 8) + (cell * 4) + 2],
                    isSized ? [new FreePages(2048, values[(i * 8) + (cell * 4) + 3])] : null)),
            ])),
        ]);

    [Fact]
    public void The_least_of_an_hour_is_the_least_of_its_samples() => Gen.Select(Blocks, Gen.Int[0, 160]).Sample((block, last) =>
    {
        var until = Some.Minute(last);
        var hours = HourlyLeast.Of(BlockCodec.Encode(block), until);
        var expected = block.Samples.Where(sample => sample.At <= until).GroupBy(sample => (long)(sample.At - Some.Noon).TotalHours).ToList();
        return hours.Count == expected.Count && hours.Zip(expected).All(hour => hour.First.From == Some.Noon.AddHours(hour.Second.Key)
            && hour.First.Cells.All(cell => hour.Second.Select(sample => sample.Cells[cell.Id]).ToList() is var samples
                && cell.TotalKiB == samples.Min(sample => sample.TotalKiB)
                && cell.FreeKiB == samples.Min(sample => sample.FreeKiB)
                && cell.EitherKiB == samples.Min(sample => sample.FreeKiB + sample.ReclaimableKiB)
                && cell.Pages?.Count == samples[0].Pages?.Count
                && (cell.Pages is null || cell.Pages[0].Free == (samples.Exists(sample => sample.Pages![0].Free is null) ? null : samples.Min(sample => sample.Pages![0].Free)))));
    });
}
