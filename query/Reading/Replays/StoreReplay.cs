using NumaHistory.Query.Reading.Guests;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>A replay of what a store holds: facts first; memory only of the hosts on which a verdict turned on it.</summary>
internal sealed record StoreReplay(ReplayInput Input, IReadOnlyList<GuestVerdicts> Verdicts)
{
    /// <summary>How many guests it read of.</summary>
    public int GuestCount => Input.Facts.Select(fact => (fact.Fact as IGuestFact)?.Guest).OfType<Guid>().Distinct().Count();

    /// <summary>Replays; the guests asked for, null for all, say which hosts and neighbours are read.</summary>
    public static StoreReplay Run(
        StoreReader store, Fleet fleet, IReadOnlySet<Guid>? guests, ReplayQuestion question, Supposed supposed, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var facts = Facts(store, fleet, guests, question, supposed, knownAt, cancel);
        var replay = Replayer.Follow(facts, question);
        var input = facts with { Hours = Hours(store, fleet, replay, question, knownAt, cancel) };
        return new StoreReplay(input, replay.Verdicts(input.Hours));
    }

    /// <summary>Reads what a replay takes.</summary>
    public static ReplayInput Read(
        StoreReader store, Fleet fleet, IReadOnlySet<Guid>? guests, ReplayQuestion question, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var facts = Facts(store, fleet, guests, question, Supposed.Nothing, knownAt, cancel);
        return facts with { Hours = Hours(store, fleet, Replayer.Follow(facts, question), question, knownAt, cancel) };
    }

    private static ReplayInput Facts(
        StoreReader store, Fleet fleet, IReadOnlySet<Guid>? guests, ReplayQuestion question, Supposed supposed, DateTimeOffset? knownAt, CancellationToken cancel) =>
        new(store.Ask(new HistoryQuestion(guests, question.Target, new When(question.Until, knownAt)), cancel))
        {
            Edits = supposed.Edits,
            Limits = supposed.Limits,
            Name = fleet.HostName,
            Watches = fleet.Hosts.ToDictionary(host => host.Key, host => fleet.Watch(host.Key)),
        };

    private static Dictionary<string, IReadOnlyList<HourMemory>> Hours(
        StoreReader store, Fleet fleet, Replayer replay, ReplayQuestion question, DateTimeOffset? knownAt, CancellationToken cancel) =>
        replay.HostsAskedForMemory.ToDictionary(
            host => host, host => HostHours.Read(store, fleet, host, question.Since, question.Until, knownAt, cancel));
}
