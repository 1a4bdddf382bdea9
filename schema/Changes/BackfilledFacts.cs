using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Formats.Backfill;
using NumaHistory.Schema.Formats.Backfill.QemuLogs;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes;

/// <summary>
/// The facts that a found past comes to. A definition that somebody committed is a decision (it has an author and a reason, and nothing shows
/// that a host ever followed it); a start with its command line is what was seen of the live layer.
/// </summary>
public static class BackfilledFacts
{
    private static readonly PinningContext Unknown = new(null, null, null, []);

    /// <summary>All facts about guests, in order of observed time. Identify gives the lasting id of a guest.</summary>
    public static IReadOnlyList<IGuestFact> Of(string host, Backlog found, Func<GuestPins, Guid> identify) =>
    [
        .. found.Runs.SelectMany(run => Run(host, run, identify(run.Pins)))
            .Concat(found.Decisions.Select(decision => Decision(host, decision, identify(decision.Pins))))
            .OrderBy(fact => fact.ObservedAt),
    ];

    /// <summary>The boots, in order of observed time; name is what the host is called.</summary>
    public static IReadOnlyList<HostBooted> Boots(string host, string name, Backlog found) =>
    [
        .. found.Boots.Select(boot => new HostBooted(
                host, name, Backfill.Source, boot.MachineId, null, boot.BootId, Cut(boot.BootedAt), null, null, boot.Settings, Cut(boot.At)))
            .OrderBy(boot => boot.ObservedAt),
    ];

    /// <summary>
    /// Those that are new beside what is known of the same guests: a pinning or identity is told once until it changes, in however many pieces
    /// the past is found.
    /// </summary>
    public static IReadOnlyList<IGuestFact> News(IEnumerable<IGuestFact> known, IEnumerable<IGuestFact> found)
    {
        var news = new List<IGuestFact>();
        var all = known.Select(fact => (Fact: fact, IsKnown: true)).Concat(found.Select(fact => (Fact: fact, IsKnown: false)));
        foreach (var facet in all.GroupBy(one => (one.Fact.Guest, one.Fact.Host, Facet(one.Fact))))
        {
            IGuestFact? before = null;
            foreach (var (fact, isKnown) in facet.OrderBy(one => one.Fact.ObservedAt).ThenByDescending(one => one.IsKnown))
            {
                if (!isKnown && !(before is not null && SaysTheSame(before, fact)))
                {
                    news.Add(fact);
                }
                else if (!isKnown)
                {
                    continue;
                }

                before = fact;
            }
        }

        return [.. news.OrderBy(fact => fact.ObservedAt)];
    }

    private static IEnumerable<IGuestFact> Run(string host, QemuRun run, Guid guest)
    {
        var (name, at) = (run.Pins.Guest, Cut(run.StartedAt));
        yield return new GuestSeen(host, Backfill.Source, guest, name, run.Pins.Uuid, null, at);
        yield return new GuestStarted(host, Backfill.Source, guest, name, "running", at, run.IsIncoming ? null : "booted");
        yield return PinningObserved.Of(host, Backfill.Source, run.Pins, at) with { Guest = guest };
        if (run.StoppedAt is { } stopped)
        {
            yield return new GuestStopped(host, Backfill.Source, guest, name, "shut off", Cut(stopped), run.StopReason);
        }
    }

    private static IGuestFact Decision(string host, CommittedPins decision, Guid guest) => decision.IsGone
        ? new PinningReleased(host, guest, decision.Pins.Guest, decision.By, decision.Why, Cut(decision.At), Backfill.Origin)
        : new PinningDecided(
            host, guest, decision.Pins.Guest, decision.Pins, Unknown, decision.By, decision.Why, Backfill.Origin, [], [], Cut(decision.At));

    // What somebody saw is of no account here: it is told again although the past says the same.
    private static string Facet(IGuestFact fact) => fact switch
    {
        PinningDecided or PinningReleased => "decision",
        GuestSeen => $"{Backfill.Made(fact)} identity",
        PinningObserved seen => $"{Backfill.Made(fact)} {seen.Layer}",
        _ => $"{Backfill.Made(fact)} {EventNames.Of(fact)}",
    };

    // A start is one of its own each time, unless it is the very same one.
    private static bool SaysTheSame(IGuestFact before, IGuestFact fact) => (before, fact) switch
    {
        (GuestSeen a, GuestSeen b) => (a.Name, a.Uuid) == (b.Name, b.Uuid),
        (PinningObserved a, PinningObserved b) => a.Fingerprint == b.Fingerprint,
        (PinningDecided a, PinningDecided b) => Text(a.Pins) == Text(b.Pins),
        (PinningReleased, PinningReleased) => true,
        _ => before.Equals(fact),
    };

    private static Fingerprint Text(GuestPins pins) => Fingerprint.OfJson(pins, FactJson.Default.GuestPins);

    private static DateTimeOffset Cut(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
