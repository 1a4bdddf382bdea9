using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// A host, by its key, at a moment at which somebody pinned something. Structure and capacity are what whoever decided took the host for; null: nobody
/// decided, or it was not known.
/// </summary>
public sealed record Circumstances(string Host, DateTimeOffset At, Fingerprint? Structure = null, Fingerprint? Capacity = null)
{
    /// <summary>Those that a fact was made in.</summary>
    public static Circumstances Of(IGuestFact fact) => fact is PinningDecided decision
        ? new Circumstances(fact.Host, fact.ObservedAt, decision.Context.Structure, decision.Context.Capacity)
        : new Circumstances(fact.Host, fact.ObservedAt);

    /// <summary>Whether a host that was in this state is what it was taken for.</summary>
    public bool Agrees(SourceState inForce) =>
        Structure is null || (inForce.Structure?.Fingerprint == Structure && inForce.Capacity?.Fingerprint == Capacity);
}
