using NumaHistory.Query.Reading.Guests;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>A replay of what a store holds: facts first; memory only of the hosts on which a verdict turned on it.</summary>
internal sealed record StoreReplay(ReplayInput Input, IReadOnlyList<GuestVerdicts> Verdicts)
{
    /// <summary>Replays; the guests asked for, null for all, say which hosts and neighbours are read.</summary>
    public static StoreReplay Run(
        StoreReader store, Fleet fleet, IReadOnlySet<Guid>? guests, ReplayQuestion question, HostEdits edits, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var input = Read(store, fleet, guests, question, edits, knownAt, cancel);
        return new StoreReplay(input, Replayer.Run(input, question));
    }

    /// <summary>Reads what a replay takes.</summary>
    public static ReplayInput Read(
        StoreReader store, Fleet fleet, IReadOnlySet<Guid>? guests, ReplayQuestion question, HostEdits edits, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var when = new When(question.Until, knownAt);
        var facts = store.Ask(new HistoryQuestion(guests, question.Target, when), cancel);
        var input = new ReplayInput(facts)
        {
            Edits = edits,
            Watches = fleet.Hosts.ToDictionary(host => host.Key, host => fleet.Watch(host.Key)),
        };
        return input with
        {
            Hours = Replayer.HostsAskedForMemory(input, question)
                .ToDictionary(host => host, host => HostHours.Read(store, fleet, host, question.Since, question.Until, knownAt, cancel)),
        };
    }
}
