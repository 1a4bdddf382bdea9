using System.Text.Json;
using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>A blame as an item of the contract, with the events as they stand in the store.</summary>
internal static class BlameItems
{
    public static BlameItem Of(Blamed blamed, ReplayInput input, StoreReader store, Func<string, string> hostName, CancellationToken cancel)
    {
        HistoryFact[] facts = [.. blamed.Event is { } one ? new[] { one } : [], .. blamed.With];
        HistoryFact[] shown = [.. facts, .. blamed.EndedBy is { } end && !facts.Contains(end) ? new[] { end } : []];
        var before = shown.ToDictionary(fact => fact.Event, fact => Predecessor.Of(fact, input.Facts));
        var ids = shown.Select(fact => fact.Event).Concat(before.Values.OfType<HistoryFact>().Select(fact => fact.Event)).ToList();
        var places = ids.Count == 0 ? new Dictionary<Guid, EventPlace>() : store.Ask(new EventsByIdQuestion(ids), cancel);
        BlameEvent Event(HistoryFact fact) => Place(places[fact.Event], before[fact.Event] is { } old ? places.GetValueOrDefault(old.Event) : null, fact.Event);
        return new BlameItem(
            blamed.Guest.Name,
            hostName(blamed.Now.Host),
            blamed.Now.Verdict,
            blamed.Step?.From,
            blamed.LastFitted,
            blamed.Event is { } first ? Event(first) : null,
            [.. blamed.With.Select(Event)],
            blamed.Step is { } step ? Changes(step, facts, input) : [],
            [.. facts.Select(fact => fact.Fact).OfType<HostBooted>().SelectMany(boot => Settings(boot, input)).DistinctBy(setting => setting.Name)],
            [.. blamed.AlsoBroke.Select(other => new AlsoItem(other.Guest.Name, other.Step.Verdict, other.Step.Because))],
            OfflineProof.Of(blamed.Now.Report(), id => Capacities(id, input)).Findings,
            blamed.Ended,
            blamed.EndedBy is { } last ? Event(last) : null);
    }

    private static IEnumerable<(Guid Event, CpuSet? Online)>? Capacities(Guid id, ReplayInput input) =>
        input.Facts.FirstOrDefault(fact => fact.Event == id)?.Fact is CapacityObserved named
            ? input.Facts.Where(fact => fact.Fact is CapacityObserved seen && (seen.Host, seen.Source) == (named.Host, named.Source) && seen.ObservedAt <= named.ObservedAt)
                .OrderByDescending(fact => fact.Fact.ObservedAt)
                .Select(fact => (fact.Event, ((CapacityObserved)fact.Fact).Capacity.Online))
            : null;

    private static IEnumerable<SettingItem> Settings(HostBooted boot, ReplayInput input) =>
        SettingChange.Between(
            input.Facts.Select(fact => fact.Fact).OfType<HostBooted>()
                .Where(other => other.Host == boot.Host && other.Source == boot.Source && other.ObservedAt < boot.ObservedAt)
                .MaxBy(other => other.ObservedAt),
            boot)
        .Select(change => new SettingItem(change.Name, change.Before, change.After));

    // What became of the host at that instant, by name.
    private static List<ChangeItem> Changes(VerdictInterval step, HistoryFact[] facts, ReplayInput input)
    {
        var moved = facts.Where(fact => fact.Fact is TopologyObserved or CapacityObserved).ToList();
        return moved.Count > 0 && At(step.Host, input, at => at < step.From) is { } before && At(step.Host, input, at => at <= step.From) is { } after
            ? [.. TopologyDiff.Between(before, after).Select(change => new ChangeItem(
                change.Name, change.Subject, change.Before, change.After, [.. moved.Select(fact => fact.Event)], change.Note, change.Cause))]
            : [];
    }

    private static HostTopology? At(string host, ReplayInput input, Func<DateTimeOffset, bool> isIn) => input.Facts
        .Select(fact => fact.Fact)
        .Where(fact => fact is not IGuestFact && fact.Host == host && isIn(fact.ObservedAt))
        .Aggregate(new HostState(host), (state, fact) => state.After(fact))
        .Topology;

    private static BlameEvent Place(EventPlace place, EventPlace? before, Guid id) => new(
        place.Position, place.Type, place.ObservedAt, place.RecordedAt, id, place.Who, place.Why, Json(before?.Data), Json(place.Data));

    private static JsonElement? Json(string? text)
    {
        if (text is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
