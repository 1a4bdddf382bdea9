using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NumaHistory.Recorder.Sampling;
using NumaHistory.Recorder.Sources;
using NumaHistory.Recorder.Sources.Processes;

namespace NumaHistory.Tests.Recorder.Sampling;

/// <summary>The sampler over a small tree of two cells that the tests change under its hands.</summary>
public sealed class HostSamplerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);
    private readonly SmallTree _tree = new();
    private readonly FakeTimeProvider _clock = new(Start);
    private readonly Outbox _outbox = new(1000);
    private readonly HostSampler _sampler;

    public HostSamplerTests()
    {
        var options = new SamplerOptions { Interval = TimeSpan.FromSeconds(10) };
        _sampler = new HostSampler(
            new SysfsSource(_tree.Root, "h1", _clock),
            new KeptMemory(_tree.Root),
            _outbox,
            options,
            _clock,
            NullLogger.Instance);
    }

    [Fact]
    public async Task The_first_tick_looks_and_samples_and_the_next_only_samples()
    {
        await TickAsync();
        await TickAsync();

        Assert.Equal(["look", "sample", "sample"], Words());
    }

    [Fact]
    public async Task A_cpu_that_goes_offline_is_a_look_at_the_next_tick()
    {
        await TickAsync();
        _tree.Offline(3);
        await TickAsync();

        Assert.Equal(["look", "sample", "look", "sample"], Words());
    }

    [Fact]
    public async Task Another_boot_id_is_a_look()
    {
        await TickAsync();
        _tree.Write("proc/sys/kernel/random/boot_id", "00000000-0000-4000-8000-000000000002\n");
        await TickAsync();

        Assert.Equal(["look", "sample", "look", "sample"], Words());
    }

    [Fact]
    public async Task A_total_that_moves_waits_until_it_has_settled_and_keeps_the_moment_it_was_first_seen()
    {
        await TickAsync();
        _tree.Memory(1, total: 900_000, free: 100);
        await TickAsync();
        var first = _clock.GetUtcNow();
        await TickAsync();
        await TickAsync();
        await TickAsync();

        var looks = Taken().OfType<Waiting.Look>().ToList();

        Assert.Equal(2, looks.Count);
        Assert.Equal(900_000, looks[1].Observation.Topology!.Find(1)!.MemoryKiB);
        Assert.InRange(looks[1].Observation.ObservedAt, Start.AddSeconds(10), first);
    }

    [Fact]
    public async Task A_stall_is_a_gap_between_the_samples_that_exist()
    {
        await TickAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));
        await TickAsync();

        var gap = Assert.Single(Taken().OfType<Waiting.Gap>());

        Assert.Equal(Start, gap.From);
        Assert.Equal(Start.AddMinutes(5).AddSeconds(10), gap.To);
    }

    [Fact]
    public async Task A_source_that_fails_says_so_once_and_is_looked_at_again_when_it_answers()
    {
        await TickAsync();
        _tree.Empty();
        await TickAsync();
        await TickAsync();
        _tree.Refill();
        await TickAsync();

        Assert.Equal(["look", "sample", "failure", "look", "sample"], Words());
    }

    [Fact]
    public async Task Processes_are_looked_at_at_every_tick_and_told_only_when_something_moved()
    {
        _tree.Write("proc/100/comm", "kvm\n");
        _tree.Write("proc/100/cmdline", "kvm\0-name\0one\0");
        _tree.Write("proc/100/status", "Cpus_allowed_list:\t0\nMems_allowed_list:\t0\n");
        var source = new ProcessesSource(new SysfsSource(_tree.Root, "h1", _clock), _tree.Root);
        var sampler = new HostSampler(
            source, new KeptMemory(_tree.Root), _outbox, new SamplerOptions { Interval = TimeSpan.FromSeconds(10) }, _clock, NullLogger.Instance);

        await sampler.TickAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await sampler.TickAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Directory.Delete(Path.Combine(_tree.Root, "proc/100"), recursive: true);
        await sampler.TickAsync(CancellationToken.None);

        var taken = Taken().ToList();
        Assert.Equal(["look", "guests", "sample", "sample", "guests", "sample"], taken.Select(seen => seen.GetType().Name.ToLowerInvariant()));
        var last = taken.OfType<Waiting.Guests>().Last().Observation;
        Assert.Equal((0, true, Start.AddSeconds(20)), (last.Guests!.Count, last.IsEveryGuest, last.ObservedAt));
    }

    public void Dispose() => _tree.Dispose();

    private async Task TickAsync()
    {
        await _sampler.TickAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));
    }

    private IEnumerable<Waiting> Taken()
    {
        while (_outbox.Take() is { } seen)
        {
            yield return seen;
        }
    }

    private IEnumerable<string> Words() => Taken().Select(seen => seen.GetType().Name.ToLowerInvariant()).ToList();
}
