using NumaHistory.Recorder.Sampling;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Tests.Recorder.Sampling;

public sealed class OutboxTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_comes_first_leaves_first()
    {
        var outbox = new Outbox(10);
        outbox.Add(Sample(0));
        outbox.Add(new Waiting.Failure(Start, "gone"));

        Assert.Equal(Start, Assert.IsType<Waiting.Sample>(outbox.Take()).Memory.At);
        Assert.IsType<Waiting.Failure>(outbox.Take());
        Assert.Null(outbox.Take());
    }

    [Fact]
    public void Too_many_samples_leave_one_marker_where_the_oldest_were()
    {
        var outbox = new Outbox(2);
        for (var second = 0; second < 5; second++)
        {
            outbox.Add(Sample(second));
        }

        Assert.Equal(new Waiting.Dropped(Start, 3), outbox.Take());
        Assert.Equal(Start.AddSeconds(3), Assert.IsType<Waiting.Sample>(outbox.Take()).Memory.At);
        Assert.Equal(Start.AddSeconds(4), Assert.IsType<Waiting.Sample>(outbox.Take()).Memory.At);
    }

    [Fact]
    public void Facts_are_never_dropped_and_keep_their_place_among_the_samples()
    {
        var outbox = new Outbox(1);
        outbox.Add(Sample(0));
        outbox.Add(new Waiting.Failure(Start.AddSeconds(1), "gone"));
        outbox.Add(Sample(2));
        outbox.Add(Sample(3));

        Assert.IsType<Waiting.Dropped>(outbox.Take());
        Assert.IsType<Waiting.Failure>(outbox.Take());
        Assert.Equal(new Waiting.Dropped(Start.AddSeconds(2), 1), outbox.Take());
        Assert.Equal(Start.AddSeconds(3), Assert.IsType<Waiting.Sample>(outbox.Take()).Memory.At);
    }

    [Fact]
    public void What_could_not_be_written_is_first_again()
    {
        var outbox = new Outbox(10);
        outbox.Add(Sample(0));
        outbox.Add(Sample(1));

        outbox.Return(outbox.Take()!);

        Assert.Equal(Start, Assert.IsType<Waiting.Sample>(outbox.Take()).Memory.At);
    }

    [Fact]
    public async Task Samples_wake_the_writer_once_a_batch_and_facts_at_once()
    {
        var outbox = new Outbox(10, TimeSpan.FromSeconds(5));

        outbox.Add(Sample(0));
        Assert.True(await IsAwakeAsync(outbox));
        outbox.Add(Sample(4));
        Assert.False(await IsAwakeAsync(outbox));
        outbox.Add(new Waiting.Failure(Start.AddSeconds(4), "gone"));
        Assert.True(await IsAwakeAsync(outbox));
        outbox.Add(Sample(5));
        Assert.True(await IsAwakeAsync(outbox));
    }

    private static async Task<bool> IsAwakeAsync(Outbox outbox)
    {
        using var now = new CancellationTokenSource();
        var waiting = outbox.WaitAsync(now.Token);
        var isAwake = waiting.IsCompleted;
        await now.CancelAsync();
        await Task.WhenAny(waiting);
        return isAwake;
    }

    private static Waiting.Sample Sample(int second) =>
        new(new MemorySample(Start.AddSeconds(second), []), new BlockContext(null, null, null));
}
