using Microsoft.Extensions.Logging;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// One tick of the grid: the memory of every cell from open handles, the guests where they can be looked at alone, and a whole look where something
/// cheap to read says that more has changed. Everything seen goes to the outbox; nothing here waits for the store.
/// </summary>
internal sealed class HostSampler(
    ISource source,
    KeptMemory memory,
    Outbox outbox,
    SamplerOptions options,
    TimeProvider clock,
    ILogger log) : ISampler
{
    private readonly LookKeeper _looks = new(outbox, options);
    private readonly GuestKeeper _guests = new(outbox, options);
    private readonly SourceRecord _record = new(source.Name, outbox, options, log);

    public string Source => source.Name;

    public string Host { get; private set; } = "";

    public string Identity { get; private set; } = "";

    /// <summary>The machine's id, once it has been looked at; null where it has none.</summary>
    public string? MachineId { get; private set; }

    public async ValueTask StartAsync(CancellationToken cancel)
    {
        await ObserveAsync(Instant.Of(clock), cancel);

        // The grid begins when everything around it runs: what passes until then is no stall.
        _record.Begin();
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
            memory.Close();
            _record.Fail(Host, now, error.Message);
        }
    }

    public void Flush() => _looks.Flush();

    // Read everything before anything is handed over: a host whose memory cannot be read has not answered.
    private async ValueTask ObserveAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var seen = await LookIfNeededAsync(now, cancel);
        var guests = seen is null ? (source as IGuestWatch)?.LookAtGuests() : null;
        var sample = memory.Read(now);
        HandOver(seen);
        if (guests is not null)
        {
            _guests.Take(guests with { ObservedAt = now }, again: false);
        }

        _record.Add(Host, sample, _looks.Context);
    }

    private async ValueTask<Observation?> LookIfNeededAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (!_record.HasFailed && !memory.HasChanged() && !_looks.IsDue(now))
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

        (Host, Identity, MachineId) = (seen.Host, seen.MachineId ?? seen.Host, seen.MachineId);
        _looks.Take(seen with { Guests = null }, again: _record.HasFailed);
        _guests.Take(seen, again: _record.HasFailed);
        _record.Answered(Host);
    }
}
