namespace NumaHistory.Schema.Events;

/// <summary>The host, known by another name before, answers to this one.</summary>
public sealed record HostRenamed(string Host, string Name, DateTimeOffset ObservedAt) : IHostFact;
