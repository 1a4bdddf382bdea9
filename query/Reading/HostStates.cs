using NumaHistory.Schema.State;

namespace NumaHistory.Query.Reading;

/// <summary>Folds facts into what is known of each host.</summary>
internal static class HostStates
{
    public static IReadOnlyDictionary<string, HostState> Fold(IEnumerable<RecordedFact> facts) => facts
        .GroupBy(fact => fact.HostKey)
        .ToDictionary(
            host => host.Key,
            host => host.Aggregate(new HostState(host.Key), (state, fact) => state.After(fact.Fact)));
}
