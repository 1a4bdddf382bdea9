namespace NumaHistory.Schema.Events;

/// <summary>A guest that ran on a host does not any more; its definition stays. State is the hypervisor's word.</summary>
public sealed record GuestStopped(
    string Host, string Source, Guid Guest, string Name, string? State, DateTimeOffset ObservedAt) : IGuestFact;
