using NumaHistory.Schema.Events;

namespace NumaHistory.Query.Reading;

/// <summary>A fact with the id of the event that holds it.</summary>
internal sealed record RecordedFact(string HostKey, Guid Id, IHostFact Fact);
