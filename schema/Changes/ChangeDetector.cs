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
        var name = Name(host, seen, known[Facet.Name], facts);
        Add(Booted(host, name, seen), known[Facet.Boot], facts);
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
            Add(new SourceRecovered(host, seen.Source, seen.ObservedAt), known[Facet.Health], facts);
        }

        return [.. facts.OrderBy(fact => fact.ObservedAt)];
    }

    /// <summary>The facts to record for a look that failed: that it failed, and nothing else (law 3).</summary>
    public static IReadOnlyList<IHostFact> Failed(SourceFailed failed, Neighbours health)
    {
        // A source that never failed has no fact to say that it answers, but it does.
        var answered = new SourceRecovered(failed.Host, failed.Source, DateTimeOffset.MinValue);
        var facts = new List<IHostFact>();
        Add(failed, health with { Before = health.Before ?? answered }, facts);
        return facts;
    }

    // The name that the boot of this look may carry: none where another look at the same instant decided the name.
    private static string? Name(string host, Observation seen, Neighbours known, List<IHostFact> facts)
    {
        if (known.Before is not { } before || HostState.NameOf(before) is not { } name || name == seen.Host)
        {
            return seen.Host;
        }

        var count = facts.Count;
        var was = new HostRenamed(host, name, before.ObservedAt);
        Add(new HostRenamed(host, seen.Host, seen.ObservedAt), known with { Before = was }, facts);
        return facts.Count > count ? seen.Host : null;
    }

    private static void Add(IHostFact fact, Neighbours known, List<IHostFact> facts)
    {
        if (known.Before is not { } before)
        {
            facts.Add(fact);
            return;
        }

        var now = before.ObservedAt == fact.ObservedAt || known.ConfirmedNow;
        if (Facets.Same(before, fact) || (now && Newest.Compare(Facets.At(before, fact.ObservedAt), fact) > 0))
        {
            return;
        }

        facts.Add(fact);
        if (known.ConfirmedNext is { } again)
        {
            facts.Add(Facets.At(before, again));
        }
    }

    private static HostBooted Booted(string host, string? name, Observation seen) => new(
        host,
        name,
        seen.Source,
        seen.MachineId,
        seen.ProductUuid,
        seen.BootId,
        seen.BootedAt,
        seen.Architecture,
        seen.Hypervisor,
        seen.HostSettings,
        seen.ObservedAt);
}
