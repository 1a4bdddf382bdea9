using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// Decides which facts an observation adds to what is recorded. An unchanged host adds none (law 2). A late observation
/// is compared with both neighbours in observed time: where it differs from what was in force, it is recorded at its
/// own moment, and what held before is asserted again at the first later moment at which it was seen to hold (law 6).
/// </summary>
public static class ChangeDetector
{
    /// <summary>The facts to record for a look that succeeded, in order of observed time.</summary>
    public static IReadOnlyList<IHostFact> Detect(string host, Observation seen, KnownFacts known)
    {
        var facts = new List<IHostFact>();
        var name = Name(host, seen, known[Facet.Name], facts);
        Add(Booted(host, name, seen), known[Facet.Boot], facts, again => NameAt(again, known[Facet.Name]) ?? name);
        if (seen.Topology is { } topology)
        {
            Add(Structure(host, topology.Structure(), seen), known[Facet.Structure], facts);
            Add(Capacity(host, topology.Capacity(), seen), known[Facet.Capacity], facts);
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

    // Gives the name that is in force now: another look at the same instant may have decided it.
    private static string Name(string host, Observation seen, Neighbours known, List<IHostFact> facts)
    {
        var was = HostState.NameOf(known.Before);
        if (was == seen.Host
            || (was is not null && known.IsAt(seen.ObservedAt) && string.CompareOrdinal(was, seen.Host) > 0))
        {
            return was;
        }

        if (was is not null)
        {
            facts.Add(new HostRenamed(host, seen.Host, seen.ObservedAt));
        }

        // The name of a boot holds only as long as no renaming came before it.
        var later = known.After as HostBooted;
        var again = was is null ? later?.ObservedAt : known.ConfirmedNext ?? later?.ObservedAt;
        if (again is { } then && (was ?? later?.Name) is { } name && name != seen.Host)
        {
            facts.Add(new HostRenamed(host, name, then));
        }

        return seen.Host;
    }

    private static string? NameAt(DateTimeOffset again, Neighbours names) =>
        names.After is HostRenamed renamed && renamed.ObservedAt <= again
            ? renamed.Name
            : HostState.NameOf(names.Before) ?? HostState.NameOf(names.After);

    private static void Add(
        IHostFact fact, Neighbours known, List<IHostFact> facts, Func<DateTimeOffset, string>? nameAt = null)
    {
        if (known.Before is not { } before)
        {
            facts.Add(fact);
            return;
        }

        if (Facets.Same(before, fact)
            || (known.IsAt(fact.ObservedAt) && Newest.Compare(Facets.At(before, fact.ObservedAt), fact) > 0))
        {
            return;
        }

        facts.Add(fact);
        if (known.ConfirmedNext is { } again)
        {
            var asserted = Facets.At(before, again);
            facts.Add(asserted is HostBooted booted ? booted with { Name = nameAt!(again) } : asserted);
        }
    }

    private static TopologyObserved Structure(string host, HostStructure structure, Observation seen) =>
        new(host, seen.Source, Fingerprint.Of(structure), structure, seen.ObservedAt);

    private static CapacityObserved Capacity(string host, HostCapacity capacity, Observation seen) =>
        new(host, seen.Source, Fingerprint.Of(capacity), capacity, seen.ObservedAt);

    private static HostBooted Booted(string host, string name, Observation seen) => new(
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
