using NumaHistory.Schema.Events;

namespace NumaHistory.Schema.Replay;

/// <summary>A fact of a host or a guest and the event that holds it.</summary>
public sealed record HistoryFact(Guid Event, IHostFact Fact);
