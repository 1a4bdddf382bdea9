using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.State;

namespace NumaHistory.Tests.Changes;

/// <summary>A journal in a list: facts as they arrive, and the looks that they came from.</summary>
public sealed class ListJournal
{
    private readonly List<IHostFact> _facts = [];
    private readonly List<Look> _looks = [];

    public IReadOnlyList<IHostFact> Facts => _facts;

    public IReadOnlyList<IHostFact> Record(Look look)
    {
        var facts = look.Seen is { } seen
            ? ChangeDetector.Detect("h1", seen, Known(look))
            : ChangeDetector.Failed(look.Failure, Around(Facet.Health, look));
        _facts.AddRange(facts);
        _looks.Add(look);
        return facts;
    }

    public HostState StateAt(DateTimeOffset at) =>
        _facts.Where(fact => fact.ObservedAt <= at).Aggregate(new HostState("h1"), (state, fact) => state.After(fact));

    /// <summary>The same from the newest facts of every facet and source only, as a store loads them.</summary>
    public HostState LoadedAt(DateTimeOffset at) =>
        _facts.Where(fact => fact.ObservedAt <= at)
            .GroupBy(fact => (FacetOf(fact), HostState.SourceOf(fact)))
            .SelectMany(facts => facts.Where(fact => fact.ObservedAt == facts.Max(other => other.ObservedAt)))
            .Aggregate(new HostState("h1"), (state, fact) => state.After(fact));

    private static Facet FacetOf(IHostFact fact) => fact switch
    {
        HostBooted => Facet.Boot,
        HostRenamed => Facet.Name,
        TopologyObserved => Facet.Structure,
        CapacityObserved => Facet.Capacity,
        _ => Facet.Health,
    };

    private KnownFacts Known(Look look) =>
        new(Enum.GetValues<Facet>().ToDictionary(facet => facet, facet => Around(facet, look)));

    private Neighbours Around(Facet facet, Look look)
    {
        var facts = facet == Facet.Name
            ? _facts.Where(fact => HostState.NameOf(fact) is not null).ToList()
            : _facts.Where(fact => FacetOf(fact) == facet && HostState.SourceOf(fact) == look.Source).ToList();
        var looks = _looks.Where(other => facet == Facet.Name || other.Source == look.Source)
            .Where(other => facet is not (Facet.Structure or Facet.Capacity) || other.Seen?.Topology is not null)
            .ToLookup(other => other.Seen is not null, other => other.At);
        return Neighbours.Around(facet, look.At, facts, looks[true], looks[false]);
    }
}
