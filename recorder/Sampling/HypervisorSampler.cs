using Microsoft.Extensions.Logging;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Looks at a host and its guests through its hypervisor: at every point of the grid, and at once when something is said to have
/// happened. A host that is sampled by itself as well (<paramref name="local"/>) gives only its guests here, under the name
/// and id that it has there.
/// </summary>
internal sealed class HypervisorSampler(
    ISource source,
    HostSampler? local,
    Outbox outbox,
    SamplerOptions options,
    TimeProvider clock,
    ILogger log) : ISampler
{
    private readonly LookKeeper _looks = new(outbox, options);
    private readonly GuestKeeper _guests = new(outbox, options);
    private readonly SourceRecord _record = new(source.Name, outbox, options, log);
    private readonly SemaphoreSlim _turn = new(1);

    public string Source => source.Name;

    public string Host { get; private set; } = "";

    public string Identity { get; private set; } = "";

    private bool WasSeen => Host.Length > 0;

    public async ValueTask StartAsync(CancellationToken cancel)
    {
        await LookAsync(Instant.Of(clock), isOnGrid: true, cancel);
        _record.Begin();
    }

    public ValueTask TickAsync(CancellationToken cancel) => TryLookAsync(isOnGrid: true, cancel);

    /// <summary>A look between two points of the grid, because something happened.</summary>
    public ValueTask LookNowAsync(CancellationToken cancel) => TryLookAsync(isOnGrid: false, cancel);

    public void Flush() => _looks.Flush();

    private async ValueTask TryLookAsync(bool isOnGrid, CancellationToken cancel)
    {
        // Before the first answer there is no host of which anything could be said; whoever started this tries again.
        if (!WasSeen)
        {
            return;
        }

        await _turn.WaitAsync(cancel);
        var now = Instant.Of(clock);
        try
        {
            await LookAsync(now, isOnGrid, cancel);
        }
        catch (SourceUnusableException unusable)
        {
            _record.Fail(Host, now, unusable.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask LookAsync(DateTimeOffset now, bool isOnGrid, CancellationToken cancel)
    {
        var seen = Named(await source.ReadAsync(cancel)) with { ObservedAt = now };
        (Host, Identity) = (seen.Host, seen.MachineId ?? seen.ProductUuid ?? seen.Host);
        _looks.Take(seen with { Guests = null }, again: _record.HasFailed);
        _guests.Take(seen, again: _record.HasFailed);
        _record.Answered(Host);
        if (isOnGrid)
        {
            // Without cells a sample still says that the host was looked at.
            _record.Add(Host, new MemorySample(now, seen.Memory?.Cells ?? []), _looks.Context);
        }
    }

    private Observation Named(Observation seen) => local is null
        ? seen
        : seen with { Host = local.Host, MachineId = local.MachineId, Topology = null, Memory = null, Raw = null };
}
