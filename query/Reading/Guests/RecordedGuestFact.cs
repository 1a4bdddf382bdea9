using NumaHistory.Schema.Events;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>A fact of a guest with the id of the event that holds it.</summary>
internal sealed record RecordedGuestFact(Guid Id, IGuestFact Fact);
