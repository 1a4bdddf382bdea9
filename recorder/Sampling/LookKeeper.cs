using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sampling;

/// <summary>
/// Keeps whole looks from the store that say nothing new, and holds a capacity back until it has settled (hotplug, balloons
/// and late initialisation move it many times in a row).
/// </summary>
internal sealed class LookKeeper(Outbox outbox, SamplerOptions options)
{
    private static readonly CapacityDebounce Unsettled = new(TimeSpan.FromMinutes(1));
    private readonly LastLook _last = new();
    private CapacityDebounce _debounce = Unsettled;
    private Observation? _seen;

    public BlockContext Context => _last.Context;

    public bool IsDue(DateTimeOffset now) =>
        _seen is null || now - _seen.ObservedAt >= options.Look || now < _seen.ObservedAt || _debounce.Flush().Settled is not null;

    /// <summary>Takes a look; <paramref name="again"/> hands it over even when nothing changed, since the source had failed.</summary>
    public void Take(Observation seen, bool again)
    {
        if (again || _last.News(seen).Any(fact => fact is not CapacityObserved))
        {
            Flush();
            HandOver(seen);
            _debounce = Unsettled with { Told = seen.Topology?.CapacityFingerprint };
        }
        else if (seen.Topology is { CapacityFingerprint: { } fingerprint } topology)
        {
            (_debounce, var settled) = _debounce.After(topology.Capacity(), fingerprint, seen.ObservedAt);
            HandOver(settled, seen);
        }

        _seen = seen;
    }

    /// <summary>Hands over a capacity that is still held back.</summary>
    public void Flush()
    {
        (_debounce, var pending) = _debounce.Flush();
        HandOver(pending, _seen);
    }

    private void HandOver(SettledCapacity? settled, Observation? seen)
    {
        if (settled is not null && seen?.Topology is { } topology)
        {
            HandOver(seen with
            {
                Topology = HostTopology.Of(topology.Structure(), settled.Capacity),
                ObservedAt = settled.ObservedAt,
            });
        }
    }

    private void HandOver(Observation seen)
    {
        _last.Remember(seen);
        outbox.Add(new Waiting.Look(seen));
    }
}
