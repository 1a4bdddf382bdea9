using NumaHistory.Schema.State;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Guests by id, folded from their facts.</summary>
internal static class GuestStates
{
    public static IReadOnlyDictionary<Guid, GuestState> Fold(IEnumerable<RecordedGuestFact> facts) =>
        facts.GroupBy(fact => fact.Fact.Guest).ToDictionary(
            one => one.Key, one => one.Aggregate(new GuestState(one.Key), (state, fact) => state.After(fact.Fact)));
}
