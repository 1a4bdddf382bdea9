using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.State;

/// <summary>
/// The migrations of one guest, derived from the two halves that its hosts recorded: each host tells only of itself, and either may not
/// be recorded at all.
/// </summary>
public static class Migrations
{
    // Clocks of two hosts differ, and a look may come late; two migrations of one guest are further apart.
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);

    /// <summary>All migrations in order of their beginning; facts are all of the guest's, with the ids of their events.</summary>
    public static IReadOnlyList<Migration> Of(Guid guest, IEnumerable<(Guid Event, IGuestFact Fact)> facts)
    {
        var all = facts.OrderBy(one => one.Fact.ObservedAt).ToList();
        var halves = Halves(all);
        var departures = halves.Where(half => half.IsDeparture).ToList();
        var seen = new List<Migration>();
        foreach (var arrival in halves.Where(half => !half.IsDeparture))
        {
            var departure = departures.Where(half => half.Host != arrival.Host && Distance(half, arrival) <= Apart).MinBy(half => Distance(half, arrival));
            departures.Remove(departure!);
            seen.Add(Of(guest, departure, arrival, all));
        }

        seen.AddRange(departures.Select(departure => Of(guest, departure, null, all)));
        seen.AddRange(all.Where(one => one.Fact is MoveDeclared)
            .Select(one => (one.Event, Move: (MoveDeclared)one.Fact))
            .Where(one => !seen.Exists(other => other.To == one.Move.Host && (other.Begun - one.Move.ObservedAt).Duration() <= Apart))
            .Select(one => new Migration(
                guest, one.Move.From, one.Move.Host, one.Move.ObservedAt, one.Move.ObservedAt, MigrationOutcome.Declared, false, false, WasSeenThere(one.Move, all), [one.Event]))
            .ToList());
        return [.. seen.OrderBy(migration => migration.Begun)];
    }

    // Nobody saw it go, but it was there before it was declared to go on.
    private static bool WasSeenThere(MoveDeclared move, List<(Guid Event, IGuestFact Fact)> facts) => facts
        .Select(one => one.Fact)
        .SkipWhile(fact => fact.ObservedAt < move.ObservedAt)
        .TakeWhile(fact => fact is not MoveDeclared other || other == move)
        .Any(fact => fact.Host == move.Host && fact is (GuestSeen or GuestStarted or PinningObserved));

    private static List<MigrationHalf> Halves(List<(Guid Event, IGuestFact Fact)> facts)
    {
        var halves = new List<MigrationHalf>();
        foreach (var (id, fact) in facts)
        {
            if (Phase(fact) is not { } phase || halves.LastOrDefault(half => half.Host == fact.Host)?.Take(id, phase, fact.ObservedAt) == true)
            {
                continue;
            }

            // Whoever is in post-copy and was not seen to arrive was there before.
            var half = new MigrationHalf(fact.Host, MigrationHalf.Leads(phase, otherwise: true), fact.ObservedAt);
            half.Take(id, phase, fact.ObservedAt);
            halves.Add(half);
        }

        return halves;
    }

    // What a look tells where no event did.
    private static MigrationPhase? Phase(IGuestFact fact) => fact switch
    {
        GuestMigrating step => step.Phase,
        GuestStarted { State: "running", Reason: "migrated" } => MigrationPhase.Arrived,
        GuestStarted { State: "paused", Reason: "migrating" } => MigrationPhase.Arriving,
        GuestStopped { Reason: "migrated" } => MigrationPhase.Left,
        _ => null,
    };

    private static TimeSpan Distance(MigrationHalf left, MigrationHalf right) => ((left.Ended ?? left.Last) - (right.Ended ?? right.Last)).Duration();

    private static Migration Of(Guid guest, MigrationHalf? departure, MigrationHalf? arrival, List<(Guid Event, IGuestFact Fact)> facts)
    {
        MigrationHalf[] halves = [.. new[] { departure, arrival }.OfType<MigrationHalf>()];
        var begun = halves.Min(half => half.Begun);
        var outcome = Outcome(departure, arrival);
        return new Migration(
            guest,
            departure?.Host ?? Believed(guest, facts, begun, arrival!.Host),
            arrival?.Host,
            begun,
            outcome is MigrationOutcome.UnderWay or MigrationOutcome.PostCopyFailed ? null : halves.Max(half => half.Ended),
            outcome,
            Array.Exists(halves, half => half.IsPostCopy),
            departure is not null,
            arrival is not null,
            [.. halves.SelectMany(half => half.Events)]);
    }

    private static MigrationOutcome Outcome(MigrationHalf? departure, MigrationHalf? arrival) =>
        departure is { HasFailed: true } || arrival is { HasFailed: true } ? MigrationOutcome.Failed
        : arrival is { HasLostLink: true } || (arrival is not { Ended: not null } && departure is { HasLostLink: true }) ? MigrationOutcome.PostCopyFailed
        : arrival is { Ended: not null } || (arrival is null && departure!.Ended is not null) ? MigrationOutcome.Moved
        : MigrationOutcome.UnderWay;

    private static string? Believed(Guid guest, List<(Guid Event, IGuestFact Fact)> facts, DateTimeOffset begun, string target)
    {
        var before = facts.TakeWhile(one => one.Fact.ObservedAt < begun).Aggregate(new GuestState(guest), (state, one) => state.After(one.Fact)).Host;
        return before == target ? null : before;
    }
}
