namespace NumaHistory.Schema.Changes;

/// <summary>A part of what is known of a host that changes as a whole; per source, except the name.</summary>
public enum Facet
{
    /// <summary>host.booted: boot id, identity, settings.</summary>
    Boot,

    /// <summary>host.renamed and the name in host.booted.</summary>
    Name,

    /// <summary>topology.observed.</summary>
    Structure,

    /// <summary>capacity.observed.</summary>
    Capacity,

    /// <summary>source.failed and source.recovered.</summary>
    Health,
}
