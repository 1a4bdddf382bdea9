namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>A span of observed time, its end excluded.</summary>
public sealed record SpanItem(DateTimeOffset From, DateTimeOffset To);
