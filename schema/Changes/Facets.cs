using NumaHistory.Schema.Events;

namespace NumaHistory.Schema.Changes;

/// <summary>Facts compared as facets: what they say, not when it was seen.</summary>
public static class Facets
{
    /// <summary>Whether two facts of one facet say the same.</summary>
    public static bool Same(IHostFact left, IHostFact right) => (left, right) switch
    {
        (TopologyObserved a, TopologyObserved b) => a.Fingerprint == b.Fingerprint,
        (CapacityObserved a, CapacityObserved b) => a.Fingerprint == b.Fingerprint,
        (HostBooted a, HostBooted b) => Bare(a, b) == Bare(b, a),
        _ => false,
    };

    /// <summary>The same fact, seen at another moment.</summary>
    public static IHostFact At(IHostFact fact, DateTimeOffset at) => fact switch
    {
        TopologyObserved seen => seen with { ObservedAt = at },
        CapacityObserved seen => seen with { ObservedAt = at },
        HostBooted booted => booted with { ObservedAt = at },
        _ => throw new ArgumentException("only whole facets are asserted again", nameof(fact)),
    };

    // The kernel computes btime from the wall clock: under one boot id it may move by a second without meaning anything.
    private static HostBooted Bare(HostBooted fact, HostBooted other) => fact with
    {
        Name = "",
        ObservedAt = default,
        BootedAt = fact.BootId is not null && fact.BootId == other.BootId ? null : fact.BootedAt,
    };
}
