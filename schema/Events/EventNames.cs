namespace NumaHistory.Schema.Events;

/// <summary>The stored name of every event, mapped by hand: renaming a record never breaks history.</summary>
public static class EventNames
{
    /// <summary>Type to stored name, in the order of the catalogue.</summary>
    public static readonly IReadOnlyDictionary<Type, string> ByType = new Dictionary<Type, string>
    {
        [typeof(HostBooted)] = "host.booted",
        [typeof(HostRenamed)] = "host.renamed",
        [typeof(TopologyObserved)] = "topology.observed",
        [typeof(CapacityObserved)] = "capacity.observed",
        [typeof(SourceFailed)] = "source.failed",
        [typeof(SourceRecovered)] = "source.recovered",
        [typeof(SamplingGap)] = "sampling.gap",
        [typeof(MemoryBlockRecorded)] = "memory.block",
        [typeof(GuestSeen)] = "guest.seen",
        [typeof(GuestStarted)] = "guest.started",
        [typeof(GuestStopped)] = "guest.stopped",
        [typeof(GuestGone)] = "guest.gone",
        [typeof(GuestIdentified)] = "guest.identified",
        [typeof(GuestMigrating)] = "guest.migrating",
        [typeof(PinningObserved)] = "pinning.observed",
        [typeof(PinningGone)] = "pinning.gone",
        [typeof(PinningDecided)] = "pinning.decided",
        [typeof(PinningReleased)] = "pinning.released",
        [typeof(PlanWithdrawn)] = "plan.withdrawn",
        [typeof(MoveDeclared)] = "move.declared",
    };

    /// <summary>The stored name of a fact.</summary>
    public static string Of(object fact) =>
        ByType.TryGetValue(fact.GetType(), out var name) ? name : throw new ArgumentException("not an event of the catalogue");
}
