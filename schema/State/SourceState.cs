using NumaHistory.Schema.Events;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.State;

/// <summary>
/// What one source has said of a host: the newest fact of each facet. Health is a <see cref="SourceFailed"/>, a
/// <see cref="SourceRecovered"/> or null (it never failed); a failed source's facts stay, only nothing new is known.
/// </summary>
public sealed record SourceState(
    string Name,
    HostBooted? Boot = null,
    TopologyObserved? Structure = null,
    CapacityObserved? Capacity = null,
    IHostFact? Health = null,
    SamplingGap? LastGap = null)
{
    /// <summary>Whether the source does not answer now.</summary>
    public bool HasFailed => Health is SourceFailed;

    /// <summary>Structure and capacity put together; null when this source never gave a structure.</summary>
    public HostTopology? Topology =>
        Structure is null ? null : HostTopology.Of(Structure.Structure, Capacity?.Capacity);

    /// <summary>Since when this topology is in force: the younger of its two facets.</summary>
    public DateTimeOffset? TopologySince =>
        Capacity is null || Structure?.ObservedAt > Capacity.ObservedAt ? Structure?.ObservedAt : Capacity.ObservedAt;

    internal SourceState After(IHostFact fact) => fact switch
    {
        HostBooted booted => this with { Boot = Newest.Of(Boot, booted) },
        TopologyObserved seen => this with { Structure = Newest.Of(Structure, seen) },
        CapacityObserved seen => this with { Capacity = Newest.Of(Capacity, seen) },
        SourceFailed or SourceRecovered => this with { Health = Newest.Of(Health, fact) },
        SamplingGap gap => this with { LastGap = Newest.Of(LastGap, gap) },
        _ => this,
    };
}
