namespace NumaHistory.Schema.Events;

/// <summary>A guest is defined on a host, under this name and manager: at first sight, and again when one of them changes, or when it runs there although it was declared to be elsewhere.</summary>
public sealed record GuestSeen(
    string Host, string Source, Guid Guest, string Name, string? Uuid, string? ManagedBy, DateTimeOffset ObservedAt) : IGuestFact;
