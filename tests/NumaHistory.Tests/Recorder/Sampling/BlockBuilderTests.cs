using NumaHistory.Recorder.Sampling;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Tests.Recorder.Sampling;

public sealed class BlockBuilderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly BlockContext FirstBoot = new("boot-1", null, null);
    private readonly BlockBuilder _builder = new(new SamplerOptions { Block = TimeSpan.FromMinutes(10) });

    [Fact]
    public void Samples_of_one_window_are_one_block()
    {
        Assert.Null(_builder.Add(Sample(0), FirstBoot));
        Assert.Null(_builder.Add(Sample(599), FirstBoot));

        var block = _builder.Seal();

        Assert.Equal([Start, Start.AddSeconds(599)], block!.Samples.Select(sample => sample.At));
        Assert.Equal("boot-1", block.BootId);
        Assert.True(_builder.IsEmpty);
    }

    [Fact]
    public void A_sample_of_the_next_window_completes_the_block_and_opens_the_next()
    {
        _builder.Add(Sample(590), FirstBoot);

        var complete = _builder.Add(Sample(600), FirstBoot);

        Assert.Equal([Start.AddSeconds(590)], complete!.Samples.Select(sample => sample.At));
        Assert.Equal(Start.AddSeconds(600), _builder.Newest!.At);
    }

    [Fact]
    public void Another_boot_completes_the_block()
    {
        _builder.Add(Sample(0), FirstBoot);

        Assert.Equal("boot-1", _builder.Add(Sample(1), new BlockContext("boot-2", null, null))!.BootId);
        Assert.Equal("boot-2", _builder.Open()!.BootId);
    }

    [Fact]
    public void A_clock_set_back_starts_a_new_block()
    {
        _builder.Add(Sample(60), FirstBoot);

        Assert.NotNull(_builder.Add(Sample(30), FirstBoot));
    }

    [Fact]
    public void A_cell_that_appears_completes_the_block()
    {
        _builder.Add(Sample(0), FirstBoot);

        Assert.NotNull(_builder.Add(new MemorySample(Start.AddSeconds(1), [Cell(0), Cell(3)]), FirstBoot));
    }

    [Fact]
    public void A_block_holds_a_bounded_number_of_samples()
    {
        var builder = new BlockBuilder(new SamplerOptions());

        var sealedBlocks = Enumerable.Range(0, 1500)
            .Select(second => builder.Add(Sample(second), FirstBoot))
            .Count(block => block is not null);

        Assert.Equal(2, sealedBlocks);
        Assert.Equal(1500 - (2 * SamplerOptions.SamplesPerBlock), builder.Open()!.Samples.Count);
    }

    private static MemorySample Sample(int second) => new(Start.AddSeconds(second), [Cell(0)]);

    private static CellMemory Cell(int id) => new(id, 1024, 512, null);
}
