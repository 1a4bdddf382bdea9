using Microsoft.Extensions.Logging;
using NumaHistory.Recorder.Store;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// One source of one host on its way into the store: the sampler that fills the outbox and the writer that empties it. Stopping
/// seals the open block; what the store does not take in time is counted and said.
/// </summary>
internal sealed class Recording : IAsyncDisposable
{
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(1.5);
    private readonly CancellationTokenSource _writing = new();
    private readonly ISampler _sampler;
    private readonly Outbox _outbox;
    private readonly JournalWriter _writer;
    private readonly RecorderLock _turn;
    private readonly Task _written;
    private readonly ILogger _log;

    private Recording(ISampler sampler, Outbox outbox, JournalWriter writer, RecorderLock turn, ILogger log)
    {
        (_sampler, _outbox, _writer, _turn, _log) = (sampler, outbox, writer, turn, log);
        _written = writer.RunAsync(_writing.Token);
    }

    /// <summary>The key of the host in the store; null until the first look has been recorded.</summary>
    public string? HostKey => _writer.HostKey;

    /// <summary>Whether all of the first look has been recorded, its guests and its sample too.</summary>
    public bool HasBegun => _writer.HasBegun;

    /// <summary>Whether what is sampled reaches the store.</summary>
    public bool IsReady => _writer.HostKey is not null && !_writer.IsStoreAway;

    /// <summary>Begins to write what a sampler has seen since its first look; refuses a host and source that another recorder has.</summary>
    public static async Task<Recording> StartAsync(
        ISampler sampler, Outbox outbox, OpenStore store, SamplerOptions options, TimeProvider clock, ILogger log, CancellationToken cancel)
    {
        var turn = await RecorderLock.TakeAsync(store.Connection, $"{sampler.Source}/{sampler.Identity}", sampler.Host, cancel);
        var writer = new JournalWriter(outbox, store.Facts, store.Memory, sampler.Source, options, clock, log);
        log.Sampling(sampler.Host, Schema.Text.Duration.Print(options.Interval), sampler.Source);
        return new Recording(sampler, outbox, writer, turn, log);
    }

    public async ValueTask DisposeAsync()
    {
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
        _writing.Dispose();
    }
}
