using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Events;

/// <summary>The CPUs, cells, distances and devices of a host, as one source saw them: the whole structure, never a delta.</summary>
public sealed record TopologyObserved(
    string Host,
    string Source,
    Fingerprint Fingerprint,
    HostStructure Structure,
    DateTimeOffset ObservedAt) : IHostFact;
