namespace NumaHistory.Schema.Events;

/// <summary>A source that had failed answers again.</summary>
public sealed record SourceRecovered(string Host, string Source, DateTimeOffset ObservedAt) : IHostFact;
