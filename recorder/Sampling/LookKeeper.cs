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
    private static readonly TimeSpan MovesAtMost = TimeSpan.FromMinutes(1);
    private readonly LastLook _last = new();
    private DateTimeOffset? _lookedAt;
    private DateTimeOffset _movingSince;
    private Observation? _unsettled;

    public BlockContext Context => _last.Context;

    public bool IsDue(DateTimeOffset now) =>
        _unsettled is not null || _lookedAt is null || now - _lookedAt >= options.Look || now < _lookedAt;

    /// <summary>Takes a look; <paramref name="again"/> hands it over even when nothing changed, since the source had failed.</summary>
    public void Take(Observation seen, bool again)
    {
        _lookedAt = seen.ObservedAt;
        var news = _last.News(seen);
        if (again || news.Any(fact => fact is not CapacityObserved))
        {
            HandOver(seen);
        }
        else if (news.Count == 0)
        {
            _unsettled = null;
        }
        else
        {
            Settle(seen);
        }
    }

    public void Flush()
    {
        if (_unsettled is { } pending)
        {
            HandOver(pending);
        }
    }

    private void Settle(Observation seen)
    {
        if (_unsettled is { } pending && CapacityOf(pending) == CapacityOf(seen))
        {
            HandOver(pending);
            return;
        }

        _movingSince = _unsettled is null ? seen.ObservedAt : _movingSince;
        _unsettled = seen;
        if (seen.ObservedAt - _movingSince >= MovesAtMost)
        {
            HandOver(seen);
        }
    }

    private void HandOver(Observation seen)
    {
        _unsettled = null;
        _last.Remember(seen);
        outbox.Add(new Waiting.Look(seen));
    }

    private static Fingerprint? CapacityOf(Observation seen) => seen.Topology?.CapacityFingerprint;
}
