using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// Waits until a moving capacity has settled: memory comes up late at boot, balloons breathe, blocks are plugged one by
/// one. The first capacity is told at once, a change when two looks in a row agree, and one that keeps moving once
/// every <c>Limit</c>.
/// </summary>
/// <param name="Limit">The longest time that a capacity in force may differ from the one that was told.</param>
/// <param name="Told">The fingerprint of the capacity told last, here or before a restart; null = none yet.</param>
public sealed record CapacityDebounce(TimeSpan Limit, Fingerprint? Told = null)
{
    private SettledCapacity? Last { get; init; }

    private DateTimeOffset? MovingSince { get; init; }

    /// <summary>
    /// The state after one more look, later than those before, and the capacity to record if there is one now.
    /// </summary>
    public (CapacityDebounce Next, SettledCapacity? Settled) After(
        HostCapacity capacity, Fingerprint fingerprint, DateTimeOffset at)
    {
        var agrees = Last is not null && Last.Fingerprint == fingerprint;
        var last = agrees ? Last! : new SettledCapacity(capacity, fingerprint, at);
        var since = MovingSince ?? at;
        if (fingerprint == Told)
        {
            return (this with { Last = last, MovingSince = agrees ? null : MovingSince }, null);
        }

        return Told is null || agrees || at - since >= Limit
            ? (this with { Last = last, Told = fingerprint, MovingSince = null }, last)
            : (this with { Last = last, MovingSince = since }, null);
    }

    /// <summary>
    /// What was seen and not told yet: ask at shutdown and before a new structure, which starts a new debounce.
    /// </summary>
    public (CapacityDebounce Next, SettledCapacity? Settled) Flush() =>
        Last is not null && Last.Fingerprint != Told
            ? (this with { Told = Last.Fingerprint, MovingSince = null }, Last)
            : (this, null);
}
