namespace NumaHistory.Schema.Events;

/// <summary>Somebody says that a guest moves to a host, its pins as they are; From = where it was believed to be, null = nowhere.</summary>
public sealed record MoveDeclared(
    string Host, Guid Guest, string Name, string? From, string By, string Why, DateTimeOffset ObservedAt) : IGuestFact;
