using Microsoft.Extensions.Logging;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// One tick of the grid: the memory of every cell from open handles, and a whole look where something cheap to read says that
/// more has changed. Everything seen goes to the outbox; nothing here waits for the store.
/// </summary>
internal sealed class HostSampler(
    ISource source,
    KeptMemory memory,
    Outbox outbox,
    SamplerOptions options,
    TimeProvider clock,
    ILogger log)
{
    private readonly LookKeeper _looks = new(outbox, options);
    private DateTimeOffset? _lastSample;
    private bool _failed;

    /// <summary>The host's name, once it has been looked at.</summary>
    public string Host { get; private set; } = "";

    /// <summary>What tells this machine from others: its machine id, else its name.</summary>
    public string Identity { get; private set; } = "";

    /// <summary>The first look and sample; a source that cannot be used at all throws here, later ones are recorded failures.</summary>
    public async ValueTask StartAsync(CancellationToken cancel)
    {
        await ObserveAsync(Instant.Of(clock), cancel);

        // The grid begins when everything around it runs: what passes until then is no stall.
        _lastSample = null;
    }

    public async ValueTask TickAsync(CancellationToken cancel)
    {
        var now = Instant.Of(clock);
        try
        {
            await ObserveAsync(now, cancel);
        }
        catch (Exception error) when (error is SourceUnusableException or IOException or UnauthorizedAccessException)
        {
            Fail(now, error.Message);
        }
    }

    /// <summary>Hands over what was held back, before the recorder stops.</summary>
    public void Flush() => _looks.Flush();

    // Read everything before anything is handed over: a host whose memory cannot be read has not answered.
    private async ValueTask ObserveAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var seen = await LookIfNeededAsync(now, cancel);
        var sample = memory.Read(now);
        HandOver(seen);
        HandOver(sample);
    }

    private async ValueTask<Observation?> LookIfNeededAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (!_failed && !memory.HasChanged() && !_looks.IsDue(now))
        {
            return null;
        }

        var seen = (await source.ReadAsync(cancel)) with { ObservedAt = now };
        memory.Reopen();
        return seen;
    }

    private void HandOver(Observation? seen)
    {
        if (seen is null)
        {
            return;
        }

        (Host, Identity) = (seen.Host, seen.MachineId ?? seen.Host);
        _looks.Take(seen, again: _failed);
        if (_failed)
        {
            _failed = false;
            log.SourceRecovered(source.Name, Host);
        }
    }

    private void HandOver(MemorySample sample)
    {
        if (_lastSample is { } last && sample.At - last > 1.5 * options.Interval)
        {
            outbox.Add(new Waiting.Gap(last, sample.At, "stall"));
            log.Gap(Host, last, sample.At, "stall");
        }

        outbox.Add(new Waiting.Sample(sample, _looks.Context));
        _lastSample = sample.At;
    }

    private void Fail(DateTimeOffset now, string reason)
    {
        memory.Close();
        _lastSample = null;
        if (_failed)
        {
            return;
        }

        _failed = true;
        log.SourceFailed(source.Name, Host, reason);
        outbox.Add(new Waiting.Failure(now, reason));
    }
}
