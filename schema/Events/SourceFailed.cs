namespace NumaHistory.Schema.Events;

/// <summary>A source stopped answering. Nothing is known from it until it recovers; what it said before is not taken back.</summary>
public sealed record SourceFailed(string Host, string Source, string Reason, DateTimeOffset ObservedAt) : IHostFact;
