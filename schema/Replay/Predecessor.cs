using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Replay;

/// <summary>The fact that another one took the place of: the newest older one of the same kind, source, layer, guest and host.</summary>
public static class Predecessor
{
    /// <summary>Null where it is the first of its kind.</summary>
    public static HistoryFact? Of(HistoryFact fact, IEnumerable<HistoryFact> all) => all
        .Where(other => other.Fact.ObservedAt < fact.Fact.ObservedAt && Kind(other.Fact) == Kind(fact.Fact))
        .MaxBy(other => other.Fact.ObservedAt);

    // Starts and stops are one kind, so are decisions and their ends: each takes the place of the other.
    private static (string Kind, string? Host, string? Source, Guid? Guest, object? Layer) Kind(IHostFact fact) => fact switch
    {
        PinningObserved seen => ("pins", seen.Host, seen.Source, seen.Guest, seen.Layer),
        PinningGone gone => ("pins", gone.Host, gone.Source, gone.Guest, gone.Layer),
        GuestStarted or GuestStopped or GuestGone => ("presence", fact.Host, null, ((IGuestFact)fact).Guest, null),
        PinningDecided or PinningReleased or PlanWithdrawn => ("decision", null, null, ((IGuestFact)fact).Guest, null),
        MoveDeclared move => ("move", null, null, move.Guest, null),
        SourceFailed or SourceRecovered => ("health", fact.Host, HostState.SourceOf(fact), null, null),
        _ => (fact.GetType().Name, fact.Host, HostState.SourceOf(fact), (fact as IGuestFact)?.Guest, null),
    };
}
