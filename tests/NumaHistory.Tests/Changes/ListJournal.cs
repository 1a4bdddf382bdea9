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

    private KnownFacts Known(Look look) =>
        new(Enum.GetValues<Facet>().ToDictionary(facet => facet, facet => Around(facet, look)));

    private Neighbours Around(Facet facet, Look look)
    {
        var facts = _facts.Where(fact => facet switch
        {
            Facet.Name => HostState.NameOf(fact) is not null,
            Facet.Boot => fact is HostBooted,
            Facet.Structure => fact is TopologyObserved,
            Facet.Capacity => fact is CapacityObserved,
            _ => fact is SourceFailed or SourceRecovered,
        } && (facet == Facet.Name || HostState.SourceOf(fact) == look.Source)).ToList();
        var failed = facet == Facet.Health && Neighbours.Around(facet, look.At, facts, []).Before is SourceFailed;
        var looks = _looks.Where(other => facet == Facet.Name || other.Source == look.Source)
            .Where(other => other.Seen is null == failed)
            .Where(other => facet is not (Facet.Structure or Facet.Capacity) || other.Seen!.Topology is not null);
        return Neighbours.Around(facet, look.At, facts, looks.Select(other => other.At));
    }
}
