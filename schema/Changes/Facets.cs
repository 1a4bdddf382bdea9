using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Changes;

/// <summary>Facts compared as facets: what they say, not when it was seen.</summary>
public static class Facets
{
    /// <summary>Whether two facts of one facet say the same.</summary>
    public static bool Same(IHostFact left, IHostFact right) => (left, right) switch
    {
        (TopologyObserved a, TopologyObserved b) => a.Fingerprint == b.Fingerprint,
        (CapacityObserved a, CapacityObserved b) => a.Fingerprint == b.Fingerprint,
        (HostBooted a, HostBooted b) => Newest.Bare(a).Equals(Newest.Bare(At(b, a.ObservedAt))),
        (HostRenamed a, HostRenamed b) => a.Name == b.Name,
        (SourceFailed, SourceFailed) or (SourceRecovered, SourceRecovered) => true,
        _ => false,
    };

    /// <summary>The same fact, seen at another moment.</summary>
    public static IHostFact At(IHostFact fact, DateTimeOffset at) => fact switch
    {
        TopologyObserved seen => seen with { ObservedAt = at },
        CapacityObserved seen => seen with { ObservedAt = at },
        HostBooted booted => booted with { ObservedAt = at },
        HostRenamed renamed => renamed with { ObservedAt = at },
        SourceFailed failed => failed with { ObservedAt = at },
        SourceRecovered recovered => recovered with { ObservedAt = at },
        _ => throw new ArgumentException("only whole facets are asserted again", nameof(fact)),
    };
}
