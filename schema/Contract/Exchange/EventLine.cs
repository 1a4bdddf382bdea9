using NumaHistory.Schema.Events;

namespace NumaHistory.Schema.Contract.Exchange;

/// <summary>An event that was read from an export: its id and stream were found to be those of its content.</summary>
public sealed record EventLine(Guid Id, string Stream, IHostFact Fact, EventOrigin Origin);
