using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sampling;

/// <summary>The last look handed to the writer: decides in memory whether a new one says anything that the store does not know yet.</summary>
internal sealed class LastLook
{
    // Facts are compared as facets; the key only has to be the same on both sides.
    private const string AnyHost = "";
    private KnownFacts _known = KnownFacts.None;

    public BlockContext Context { get; private set; } = new(null, null, null);

    /// <summary>What the look would add, see <see cref="ChangeDetector"/>.</summary>
    public IReadOnlyList<IHostFact> News(Observation seen) => ChangeDetector.Detect(AnyHost, seen, _known);

    public void Remember(Observation seen)
    {
        _known = new KnownFacts(
            ChangeDetector.Detect(AnyHost, seen, KnownFacts.None)
                .SelectMany(fact => FacetsOf(fact).Select(facet => (facet, fact)))
                .ToDictionary(pair => pair.facet, pair => new Neighbours(pair.fact, null, null)));
        Context = new BlockContext(seen.BootId, seen.Topology?.Fingerprint, seen.Topology?.CapacityFingerprint);
    }

    private static Facet[] FacetsOf(IHostFact fact) => fact switch
    {
        HostBooted => [Facet.Boot, Facet.Name],
        TopologyObserved => [Facet.Structure],
        CapacityObserved => [Facet.Capacity],
        _ => [],
    };
}
