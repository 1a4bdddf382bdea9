namespace NumaHistory.Schema.Events;

/// <summary>Somebody ended the decided pinning of a guest; its CPUs may be given to others. Host is where it was decided.</summary>
public sealed record PinningReleased(
    string Host, Guid Guest, string Name, string By, string Why, DateTimeOffset ObservedAt) : IGuestFact;
