namespace NumaHistory.Schema.Events;

/// <summary>
/// A guest that was known by its name only was seen with a UUID: As is its id from then on. What was recorded of it under the id made of its name is recorded
/// again under that; ObservedAt is that of the first of those facts, since the two were one guest all the time.
/// </summary>
public sealed record GuestIdentified(string Host, string Source, Guid Guest, string Name, Guid As, DateTimeOffset ObservedAt) : IGuestFact;
