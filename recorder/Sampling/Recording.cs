using Microsoft.Extensions.Logging;
using NumaHistory.Recorder.Sources;
using NumaHistory.Recorder.Store;
using Quartz;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// A recorder at work: the grid that fires the sampler, the outbox, and the writer that empties it. Stopping seals the open
/// block; what the store does not take in time is counted and said.
/// </summary>
internal sealed class Recording : IAsyncDisposable
{
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(1.5);
    private readonly CancellationTokenSource _writing = new();
    private readonly Outbox _outbox;
    private readonly HostSampler _sampler;
    private readonly KeptMemory _memory;
    private readonly JournalWriter _writer;
    private readonly IScheduler _grid;
    private readonly RecorderLock _turn;
    private readonly Task _written;
    private readonly ILogger _log;

    private Recording(
        Outbox outbox, HostSampler sampler, KeptMemory memory, JournalWriter writer, IScheduler grid, RecorderLock turn, ILogger log)
    {
        (_outbox, _sampler, _memory, _writer, _grid, _turn, _log) = (outbox, sampler, memory, writer, grid, turn, log);
        _written = writer.RunAsync(_writing.Token);
    }

    /// <summary>The name of the host that is sampled.</summary>
    public string Host => _sampler.Host;

    /// <summary>The key of that host in the store; null until the first look has been recorded.</summary>
    public string? HostKey => _writer.HostKey;

    /// <summary>Whether what is sampled reaches the store.</summary>
    public bool IsReady => _writer.HostKey is not null && !_writer.IsStoreAway;

    /// <summary>Takes the first look and sample at once, then one at every point of the grid.</summary>
    public static async Task<Recording> StartAsync(
        string root, string? host, OpenStore store, SamplerOptions options, TimeProvider clock, ILogger log, CancellationToken cancel)
    {
        var source = new SysfsSource(root, host, clock);
        var outbox = new Outbox(options.SamplesWaiting, options.Tail);
        var memory = new KeptMemory(root);
        var sampler = new HostSampler(source, memory, outbox, options, clock, log);
        await sampler.StartAsync(cancel);
        var turn = await RecorderLock.TakeAsync(store.Connection, sampler.Identity, sampler.Host, cancel);
        var writer = new JournalWriter(outbox, store.Facts, store.Memory, source.Name, options, clock, log);
        var grid = await SamplingSchedule.StartAsync(sampler, options, clock, cancel);
        log.Sampling(sampler.Host, Schema.Text.Duration.Print(options.Interval), source.Name);
        return new Recording(outbox, sampler, memory, writer, grid, turn, log);
    }

    public async ValueTask DisposeAsync()
    {
        await _grid.Shutdown(waitForJobsToComplete: true);
        _sampler.Flush();
        await _writing.CancelAsync();
        await _written;
        using var patience = new CancellationTokenSource(TimeToFinish);
        try
        {
            await _writer.FinishAsync(patience.Token);
        }
        catch (Exception error)
        {
            _log.StoppedWithWaiting(_outbox.Count, error.Message);
        }

        await _turn.DisposeAsync();
        _memory.Close();
        _writing.Dispose();
    }
}
