using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Events;

/// <summary>A step of a migration, as the host that recorded it saw it: one half of the story, the other host tells the rest.</summary>
public sealed record GuestMigrating(
    string Host, string Source, Guid Guest, string Name, MigrationPhase Phase, DateTimeOffset ObservedAt) : IGuestFact;
