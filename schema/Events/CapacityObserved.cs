using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Events;

/// <summary>Masks, memory totals and page pools of a host, as one source saw them: the whole capacity, after it settled.</summary>
public sealed record CapacityObserved(
    string Host,
    string Source,
    Fingerprint Fingerprint,
    HostCapacity Capacity,
    DateTimeOffset ObservedAt) : IHostFact;
