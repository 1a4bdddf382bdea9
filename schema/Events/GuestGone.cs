namespace NumaHistory.Schema.Events;

/// <summary>A look that lists every guest of a host does not list this one any more.</summary>
public sealed record GuestGone(string Host, string Source, Guid Guest, string Name, DateTimeOffset ObservedAt) : IGuestFact;
