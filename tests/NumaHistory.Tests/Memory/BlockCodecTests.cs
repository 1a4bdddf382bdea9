using CsCheck;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Memory;

public sealed class BlockCodecTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decoding_what_was_encoded_gives_the_same_block() =>
        AnyBlock.Blocks.Sample(
            block => Assert.Equal(BlockText.Of(block), BlockText.Of(BlockCodec.Decode(BlockCodec.Encode(block)))),
            iter: 300);

    [Fact]
    public void The_header_says_what_the_block_says() =>
        AnyBlock.Blocks.Sample(
            block =>
            {
                var header = BlockCodec.ReadHeader(BlockCodec.Encode(block));

                Assert.Equal(
                    (block.BootId, block.Structure, block.Capacity, block.PinState, block.Interval),
                    (header.BootId, header.Structure, header.Capacity, header.PinState, header.Interval));
                Assert.Equal(block.Samples.Count, header.Count);
                Assert.Equal(block.Samples.FirstOrDefault()?.At, header.First);
                Assert.Equal(block.Samples.LastOrDefault()?.At, header.Last);
                Assert.Equal(
                    block.Samples.FirstOrDefault()?.Cells.Select(cell => cell.Id) ?? [],
                    header.Cells.Select(cell => cell.Id));
            },
            iter: 100);

    [Fact]
    public void A_column_that_is_read_alone_is_the_column_of_the_block() =>
        AnyBlock.Blocks.Sample(
            block =>
            {
                var bytes = BlockCodec.Encode(block);

                foreach (var cell in BlockCodec.ReadHeader(bytes).Cells)
                {
                    MemoryPoint[] Read(BlockColumn column) => BlockCodec.ReadColumn(bytes, cell.Id, column);

                    Assert.Equal(Column(block, cell.Id, memory => memory.TotalKiB), Read(BlockColumn.Total));
                    Assert.Equal(Column(block, cell.Id, memory => memory.FreeKiB), Read(BlockColumn.Free));
                    Assert.Equal(
                        Column(block, cell.Id, memory => memory.ReclaimableKiB), Read(BlockColumn.Reclaimable));
                    foreach (var size in cell.PageSizesKiB ?? [])
                    {
                        Assert.Equal(
                            Column(block, cell.Id, memory => memory.Pages!.First(pool => pool.SizeKiB == size).Free),
                            Read(BlockColumn.FreePages(size)));
                    }
                }
            },
            iter: 100);

    [Fact]
    public void A_cell_or_page_size_that_is_not_there_has_no_points()
    {
        var bytes = BlockCodec.Encode(Block([Sample(0, 5)]));

        Assert.Empty(BlockCodec.ReadColumn(bytes, 1, BlockColumn.Free));
        Assert.Empty(BlockCodec.ReadColumn(bytes, 0, BlockColumn.FreePages(2048)));
    }

    [Fact]
    public void An_open_block_has_at_every_moment_the_bytes_of_its_samples() =>
        AnyBlock.Blocks.Sample(
            block =>
            {
                var encoder = new BlockEncoder(
                    block.BootId, block.Structure, block.Capacity, block.PinState, block.Interval);
                var half = block.Samples.Count / 2;

                for (var i = 0; i < block.Samples.Count; i++)
                {
                    if (i == half)
                    {
                        var sofar = block with { Samples = [.. block.Samples.Take(half)] };
                        Assert.Equal(BlockCodec.Encode(sofar), encoder.ToBytes());
                    }

                    encoder.Add(block.Samples[i]);
                }

                Assert.Equal(BlockCodec.Encode(block), encoder.ToBytes());
            },
            iter: 100);

    [Fact]
    public void An_hour_of_what_never_changes_takes_no_bytes_for_its_samples()
    {
        var bare = BlockCodec.Encode(Block([Sample(0, 1)])).Length;

        var hour = BlockCodec.Encode(Block([.. Enumerable.Range(0, 360).Select(i => Sample(i, 1))])).Length;

        Assert.InRange(hour, bare, bare + 1);
    }

    [Fact]
    public void Nothing_is_not_zero()
    {
        var block = Block(
        [
            new MemorySample(Noon, [new CellMemory(0, 0, null, 0, [new FreePages(2048, null), new FreePages(64, 0)])]),
            new MemorySample(
                Noon.AddSeconds(10),
                [new CellMemory(0, null, 0, 0, [new FreePages(2048, 0), new FreePages(64, null)])]),
        ]);

        var cells = BlockCodec.Decode(BlockCodec.Encode(block)).Samples.Select(sample => sample.Cells[0]).ToArray();

        Assert.Equal([0L, null], cells.Select(cell => cell.TotalKiB));
        Assert.Equal([null, 0L], cells.Select(cell => cell.FreeKiB));
        Assert.Equal([null, 0L], cells.Select(cell => cell.Pages![0].Free));
        Assert.Equal([0L, null], cells.Select(cell => cell.Pages![1].Free));
    }

    [Fact]
    public void A_sample_that_a_block_cannot_hold_is_refused_and_the_block_stays_as_it_was()
    {
        var encoder = new BlockEncoder(null, null, null, null, TimeSpan.FromSeconds(10));
        encoder.Add(Sample(0, 1));
        var before = encoder.ToBytes();

        MemorySample[] bad =
        [
            Sample(0, 1),
            Sample(-1, 1),
            Sample(1, -1),
            Sample(1, 1) with { At = Noon.AddTicks(100_000_001) },
            Sample(1, 1) with { Cells = [] },
            Sample(1, 1) with { Cells = [new CellMemory(1, 1, 1, 1)] },
            Sample(1, 1) with { Cells = [new CellMemory(0, 1, 1, 1, [])] },
            Sample(1, 1) with { Cells = [new CellMemory(0, 1, 1, 1), new CellMemory(0, 1, 1, 1)] },
            Sample(1, 1) with { Cells = [new CellMemory(0, 1, 1, 1, [new FreePages(2048, -1)])] },
        ];

        Assert.All(bad, sample => Assert.Throws<ArgumentException>(() => encoder.Add(sample)));
        Assert.Equal(before, encoder.ToBytes());
    }

    [Fact]
    public void A_full_block_says_so()
    {
        var encoder = new BlockEncoder(null, null, null, null, null);
        for (var i = 0; i < BlockLimits.Samples; i++)
        {
            encoder.Add(new MemorySample(Noon.AddSeconds(i), []));
        }

        Assert.False(encoder.Fits(new MemorySample(Noon.AddDays(9), [])));
        Assert.Equal(BlockLimits.Samples, BlockCodec.ReadHeader(encoder.ToBytes()).Count);
    }

    private static IEnumerable<MemoryPoint> Column(MemoryBlock block, int cell, Func<CellMemory, long?> value) =>
        block.Samples.Select(sample => new MemoryPoint(
            sample.At.ToUnixTimeMilliseconds(), value(sample.Cells.Single(memory => memory.Id == cell))));

    private static MemoryBlock Block(MemorySample[] samples) =>
        new("boot", Fingerprint.Of([1]), Fingerprint.Of([2]), null, TimeSpan.FromSeconds(10), samples);

    private static MemorySample Sample(int at, long free) =>
        new(Noon.AddSeconds(10 * at), [new CellMemory(0, 4096, free, 12)]);
}
