namespace NumaHistory.Schema.Changes;

/// <summary>
/// What is recorded around an observation, per facet; a facet that is not listed has nothing recorded.
/// </summary>
public sealed record KnownFacts(IReadOnlyDictionary<Facet, Neighbours> ByFacet)
{
    /// <summary>Nothing is recorded of the host and source.</summary>
    public static readonly KnownFacts None = new(new Dictionary<Facet, Neighbours>());

    /// <summary>The neighbours of one facet.</summary>
    public Neighbours this[Facet facet] => ByFacet.GetValueOrDefault(facet) ?? Neighbours.None;
}
