namespace NumaHistory.Schema.Events;

/// <summary>
/// Somebody took back the newest decision about a guest before it was carried out; what was decided before it holds on. Host is where it was decided.
/// </summary>
public sealed record PlanWithdrawn(string Host, Guid Guest, string Name, string By, string Why, DateTimeOffset ObservedAt) : IGuestFact;
