using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.State;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// Decides which facts an observation adds to what is recorded. An unchanged host adds none (law 2). A late observation is
/// compared with both neighbours in observed time: where it differs from what was in force, it is recorded at its own
/// moment, and what held before is asserted again at the first later moment at which it was seen to hold (law 6).
/// </summary>
public static class ChangeDetector
{
    /// <summary>The facts to record for a look that succeeded, in order of observed time.</summary>
    public static IReadOnlyList<IHostFact> Detect(string host, Observation seen, KnownFacts known)
    {
        var facts = new List<IHostFact>();
        Name(host, seen, known, facts);
        Add(Booted(host, seen), known[Facet.Boot], facts, again => WithNameAt(again, known[Facet.Name], seen.Host));
        if (seen.Topology is { } topology)
        {
            var structure = topology.Structure();
            var capacity = topology.Capacity();
            Add(
                new TopologyObserved(host, seen.Source, Schema.Topology.Fingerprint.Of(structure), structure, seen.ObservedAt),
                known[Facet.Structure],
                facts);
            Add(
                new CapacityObserved(host, seen.Source, Schema.Topology.Fingerprint.Of(capacity), capacity, seen.ObservedAt),
                known[Facet.Capacity],
                facts);
        }

        if (known[Facet.Health].Before is SourceFailed)
        {
            facts.Add(new SourceRecovered(host, seen.Source, seen.ObservedAt));
        }

        return [.. facts.OrderBy(fact => fact.ObservedAt)];
    }

    /// <summary>The facts to record for a look that failed: that it failed, and nothing else (law 3).</summary>
    public static IReadOnlyList<IHostFact> Failed(SourceFailed failed, Neighbours health)
    {
        if (health.Before is SourceFailed)
        {
            return [];
        }

        return health.ConfirmedNext is { } again
            ? [failed, new SourceRecovered(failed.Host, failed.Source, again)]
            : [failed];
    }

    private static void Name(string host, Observation seen, KnownFacts known, List<IHostFact> facts)
    {
        if (known[Facet.Name].Before is { } before && HostState.NameOf(before) is { } name && name != seen.Host)
        {
            facts.Add(new HostRenamed(host, seen.Host, seen.ObservedAt));
            if (known[Facet.Name].ConfirmedNext is { } again)
            {
                facts.Add(new HostRenamed(host, name, again));
            }
        }
    }

    private static void Add(IHostFact fact, Neighbours known, List<IHostFact> facts, Func<IHostFact, IHostFact>? adjust = null)
    {
        if (known.Before is not null && Facets.Same(known.Before, fact))
        {
            return;
        }

        facts.Add(fact);
        if (known is { Before: { } before, ConfirmedNext: { } again })
        {
            var asserted = Facets.At(before, again);
            facts.Add(adjust is null ? asserted : adjust(asserted));
        }
    }

    private static HostBooted Booted(string host, Observation seen) => new(
        host,
        seen.Host,
        seen.Source,
        seen.MachineId,
        seen.ProductUuid,
        seen.BootId,
        seen.BootedAt,
        seen.Architecture,
        seen.Hypervisor,
        seen.HostSettings,
        seen.ObservedAt);

    // A boot asserted again must not bring back the name of its time: it takes the one in force at its new moment.
    private static IHostFact WithNameAt(IHostFact booted, Neighbours names, string seen)
    {
        var inForce = names.After is { } after && after.ObservedAt <= booted.ObservedAt ? after
            : names.ConfirmedNext <= booted.ObservedAt ? names.Before
            : null;
        return (HostBooted)booted with { Name = HostState.NameOf(inForce) ?? seen };
    }
}
