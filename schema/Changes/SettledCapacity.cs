using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes;

/// <summary>A capacity worth recording, its fingerprint, and the moment at which it was first seen.</summary>
public sealed record SettledCapacity(HostCapacity Capacity, Fingerprint Fingerprint, DateTimeOffset ObservedAt);
