namespace NumaHistory.Schema.Events;

/// <summary>A guest runs on a host and did not before; State is the hypervisor's word.</summary>
public sealed record GuestStarted(
    string Host, string Source, Guid Guest, string Name, string? State, DateTimeOffset ObservedAt) : IGuestFact;
