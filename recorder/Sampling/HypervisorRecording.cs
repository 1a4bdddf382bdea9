using Microsoft.Extensions.Logging;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// One host over libvirt: its connection, its sampler, and the events that ask for a look at once. A host that cannot be reached
/// at first is recorded from the moment it answers.
/// </summary>
internal sealed class HypervisorRecording : IAsyncDisposable
{
    // A change is often several events; whoever waits for it to be recorded is served within a second all the same.
    private static readonly TimeSpan TimeToGather = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _watching = new();
    private readonly SemaphoreSlim _happened = new(0, 1);
    private readonly LibvirtSession _session;
    private readonly Outbox _outbox;
    private readonly HypervisorSampler _sampler;
    private readonly OpenStore _store;
    private readonly SamplerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private Recording? _recording;
    private Task _watched = Task.CompletedTask;
    private string? _awaited;

    public HypervisorRecording(
        string uri, string? host, HostSampler? local, OpenStore store, SamplerOptions options, TimeProvider clock, ILogger log)
    {
        (_store, _options, _clock, _log) = (store, options, clock, log);
        _session = new LibvirtSession(uri, clock);
        _outbox = new Outbox(options.SamplesWaiting, options.Tail);
        _sampler = new HypervisorSampler(new LibvirtSource(_session, host, clock), local, _outbox, options, clock, log);
    }

    public ISampler Sampler => _sampler;

    /// <summary>The key of the host in the store; null until its first look has been recorded.</summary>
    public string? HostKey => _recording?.HostKey;

    /// <summary>Whether its first look has been recorded, or cannot be yet.</summary>
    public bool HasBegun => _recording is not { HasBegun: false };

    /// <summary>Whether what is sampled reaches the store; a host that never answered yet has nothing to bring.</summary>
    public bool IsReady => _recording is not { IsReady: false };

    /// <summary>The first look; gives the reason where the host does not answer.</summary>
    public async Task<SourceUnusableException?> StartAsync(CancellationToken cancel)
    {
        try
        {
            await _sampler.StartAsync(cancel);
        }
        catch (SourceUnusableException unusable)
        {
            if (unusable.Message != _awaited)
            {
                _log.SourceAwaited(_session.Shown, unusable.Message);
                _awaited = unusable.Message;
            }

            return unusable;
        }

        _recording = await Recording.StartAsync(_sampler, _outbox, _store, _options, _clock, _log, cancel);
        return null;
    }

    /// <summary>Begins to listen to what happens.</summary>
    public void Watch() => _watched = Task.WhenAll(ListenAsync(_watching.Token), LookAsync(_watching.Token));

    public async ValueTask DisposeAsync()
    {
        await _watching.CancelAsync();
        await _watched.ContinueWith(_ => { }, TaskScheduler.Default);
        if (_recording is not null)
        {
            await _recording.DisposeAsync();
        }

        await _session.DisposeAsync();
        _watching.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        var migrations = new MigrationWatch();
        await foreach (var happened in new LibvirtWatch(_session, _clock).EventsAsync(cancel))
        {
            if (migrations.Of(happened) is { } phase && _recording is not null)
            {
                _outbox.Add(new Waiting.Migrating(happened.Guest!, happened.Uuid!, phase, Instant.Of(_clock)));
            }

            if (_happened.CurrentCount == 0)
            {
                _happened.Release();
            }
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        while (true)
        {
            await _happened.WaitAsync(cancel);
            await Task.Delay(TimeToGather, _clock, cancel);
            if (_recording is not null)
            {
                await _sampler.LookNowAsync(cancel);
            }
            else if (!await BeginAsync(cancel))
            {
                return;
            }
        }
    }

    // False where the host turns out to be another recorder's: it is left to that one.
    private async Task<bool> BeginAsync(CancellationToken cancel)
    {
        try
        {
            await StartAsync(cancel);
            return true;
        }
        catch (Refusal refused)
        {
            _log.SourceGivenUp(_session.Shown, refused.Message);
            return false;
        }
    }
}
