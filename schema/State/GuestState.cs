using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.State;

/// <summary>
/// What is known of one guest: the only fold of guest facts, of what was seen on any host and of what was decided. Facts may
/// come in any order; per kind the one with the newest observed time holds. For a past moment fold only the facts observed up to it.
/// </summary>
public sealed record GuestState(Guid Guest)
{
    // Newest first, from the last release on: all that was said, and what of it holds.
    private IReadOnlyList<IGuestFact> _said = [];
    private IReadOnlyList<IGuestFact> _decisions = [];

    /// <summary>The newest fact of all.</summary>
    public IGuestFact? Last { get; private init; }

    /// <summary>What was seen, by host key.</summary>
    public IReadOnlyDictionary<string, GuestOnHost> Hosts { get; private init; } =
        new SortedDictionary<string, GuestOnHost>(StringComparer.Ordinal);

    /// <summary>The newest decision or release; null when nobody decided.</summary>
    public IGuestFact? Decision => _decisions is [var newest, ..] ? newest : null;

    /// <summary>The guest that this one turned out to be, which has all that was decided and seen of it; null = it is a guest of its own.</summary>
    public Guid? As { get; private init; }

    /// <summary>The newest declared move.</summary>
    public MoveDeclared? Move { get; private init; }

    /// <summary>Keys of the hosts of which it may take something.</summary>
    public IEnumerable<string> Places => DecidedOn is null || DecidedOn == Host ? Host is null ? [] : [Host] : Host is null ? [DecidedOn] : [Host, DecidedOn];

    /// <summary>The decision in force; null when there is none or it was released.</summary>
    public PinningDecided? Decided => Decision as PinningDecided;

    /// <summary>The guest's newest name.</summary>
    public string Name => Last?.Name ?? Guest.ToString();

    /// <summary>Key of the host it is on, or is meant to be on; null when nothing tells.</summary>
    public string? Host { get; private init; }

    /// <summary>
    /// Key of the host on which the decision in force holds CPUs and memory: the one it was made for, or where the guest went with those pins; null
    /// when there is none, or it was there and is pinned otherwise where it went.
    /// </summary>
    public string? DecidedOn { get; private init; }

    /// <summary>Whether it was seen running on the host it is on.</summary>
    public bool IsRunning => Host is { } host && Hosts.GetValueOrDefault(host)?.IsRunning == true;

    /// <summary>The state with one more fact.</summary>
    public GuestState After(IGuestFact fact)
    {
        var after = With(fact);
        if (after.As is not null)
        {
            return new GuestState(Guest) { Last = after.Last, As = after.As };
        }

        after = after with { Host = after.NewestSign() };
        return after with { DecidedOn = after.HolderOfDecision() };
    }

    /// <summary>
    /// The pinning in force in a layer: what was seen on the host it is on, else what was decided for it, else, after a move that nobody saw
    /// the end of, what was seen where it was. Behind what is seen stands the newest decision that it carries out; a later one that is not yet done changes
    /// nothing of that. What a decision promises (exclusive and reserved CPUs, SMT) holds for what is seen if some vCPU is as decided or was seen elsewhere
    /// later; the CPUs it names hold for what was backfilled. The decided layer is the newest decision, whatever was seen.
    /// </summary>
    public PinsInForce? Pins(PinLayer layer)
    {
        if (layer != PinLayer.Decided && SeenHere(layer) is { } seen)
        {
            return Decided is { } newest ? Behind(seen, layer, newest) : new PinsInForce(Told(seen) with { Layer = layer }, seen, null);
        }

        return Decided is { } decided && layer != PinLayer.SavedImage && DecidedOn is { } on && (layer == PinLayer.Decided || on == Host)
            ? new PinsInForce(decided.Pins with { Layer = layer }, decided, decided)
            : null;
    }

    /// <summary>The decision, where what runs, or would start, does not carry it out; null = it does, or there is none.</summary>
    public PinsInForce? Promise => DecidedOn is { } on && (on != Host || Pins(IsRunning ? PinLayer.Live : PinLayer.Config) is null or { Undone: not null })
        ? Pins(PinLayer.Decided) is { } decided ? decided with { Pins = decided.Pins with { Uuid = decided.Pins.Uuid ?? Guest.ToString() } } : null
        : null;

    private PinsInForce Behind(PinningObserved seen, PinLayer layer, PinningDecided newest)
    {
        var (told, isHere) = (Told(seen), DecidedOn is { } on && on == Host);
        if (isHere && CarriedOut.Whole(newest.Pins, told))
        {
            return new PinsInForce(With(told, newest.Pins, layer), seen, newest);
        }

        // Of decisions for other hosts those count that came along.
        List<PinningDecided> about =
        [
            .. isHere || DecidedOn is null ? new[] { newest } : [],
            .. _decisions.Skip(1).OfType<PinningDecided>().Where(earlier => earlier.Host == Host || HasLeft(earlier)),
        ];
        var behind = about.Find(decided => (isHere || decided != newest) && CarriedOut.Places(decided.Pins, told));
        var keeps = (behind ?? about.Find(decided => seen.ObservedAt >= decided.ObservedAt || CarriedOut.Any(decided.Pins, told)))?.Pins;
        return new PinsInForce(
            With(told, keeps, layer),
            seen,
            behind,
            isHere ? newest : null);
    }

    private static GuestPins With(GuestPins told, GuestPins? promised, PinLayer layer) => told with
    {
        Exclusive = promised?.Exclusive ?? told.Exclusive,
        Smt = promised?.Smt ?? told.Smt,
        Reserved = promised?.Reserved ?? told.Reserved,
        Layer = layer,
    };

    private bool HasLeft(PinningDecided decided) =>
        Move?.ObservedAt >= decided.ObservedAt || Hosts.GetValueOrDefault(decided.Host)?.LastKnown >= decided.ObservedAt;

    private PinningObserved? SeenHere(PinLayer layer) =>
        (Host is { } host ? Hosts.GetValueOrDefault(host) : null)?[layer] ?? (Decided is null || (DecidedOn is { } on && on != Host) ? Elsewhere(layer) : null);

    // A command line does not say which CPUs its threads were pinned to: what was decided for that host does.
    private GuestPins Told(PinningObserved seen) => Backfill.Made(seen) && Decided is { } decided && decided.Host == seen.Host
        ? seen.Pins with { Placement = decided.Pins.Placement, Cpus = decided.Pins.Cpus, Pins = decided.Pins.Pins, Emulator = decided.Pins.Emulator }
        : seen.Pins;

    private PinningObserved? Elsewhere(PinLayer layer) => Move?.Host is { } target && target == Host
        ? Hosts.Values.Where(on => on.Host != target).Select(on => on[layer]).OfType<PinningObserved>().MaxBy(seen => seen.ObservedAt)
        : null;

    private GuestState With(IGuestFact fact)
    {
        var known = this with { Last = Newest.Of(Last, fact) };
        return fact switch
        {
            PinningDecided or PinningReleased or PlanWithdrawn => known.Said(fact),
            MoveDeclared move => known with { Move = Newest.Of(Move, move) },
            GuestIdentified identified => known with { As = identified.As },
            _ => known with
            {
                Hosts = new SortedDictionary<string, GuestOnHost>(Hosts.ToDictionary(), StringComparer.Ordinal)
                {
                    [fact.Host] = (Hosts.GetValueOrDefault(fact.Host) ?? new GuestOnHost(fact.Host)).After(fact),
                },
            },
        };
    }

    private GuestState Said(IGuestFact fact)
    {
        var said = Since(_said, fact);
        var holds = new List<IGuestFact>();
        foreach (var one in said.Reverse())
        {
            if (one is not PlanWithdrawn)
            {
                holds.Insert(0, one);
            }
            else if (holds is [PinningDecided, ..])
            {
                holds.RemoveAt(0);
            }
        }

        return this with { _said = said, _decisions = holds };
    }

    // What was decided before a release is over; facts come in any order.
    private static IReadOnlyList<IGuestFact> Since(IReadOnlyList<IGuestFact> known, IGuestFact fact)
    {
        List<IGuestFact> all = [.. known];
        var place = all.FindIndex(one => Newest.Compare(one, fact) <= 0);
        if (place >= 0 && Newest.Compare(all[place], fact) == 0)
        {
            return known;
        }

        all.Insert(place < 0 ? all.Count : place, fact);
        var released = all.FindIndex(one => one is PinningReleased);
        return released < 0 ? all : all[..(released + 1)];
    }

    // A decision stays with the host it was made for until the guest was there and left, or was declared to move.
    private string? HolderOfDecision()
    {
        if (Decided is not { } decided || Host == decided.Host || !HasLeft(decided))
        {
            return Decided?.Host;
        }

        var there = Host is { } host ? Hosts.GetValueOrDefault(host) : null;
        return (IsRunning ? there?.Live : there?.Config) is not { } seen || CarriedOut.Places(decided.Pins, Told(seen)) ? Host : null;
    }

    // A guest is where the newest sign of it is: seen running counts before seen, a declared move before a decision. One that runs is where it
    // runs, wherever it was decided that it should.
    private string? NewestSign()
    {
        (string Host, DateTimeOffset At, int Rank)? newest = null;
        See(Hosts.Values.Any(on => on.Observed.IsRunning) ? null : Decided?.Host, Decided?.ObservedAt, 0);
        See(Move?.Host, Move?.ObservedAt, 1);
        foreach (var on in Hosts.Values)
        {
            See(on.Host, on.Sign, on.IsRunning ? 3 : 2);
        }

        return newest?.Host;

        void See(string? host, DateTimeOffset? at, int rank)
        {
            if (host is not null && at is { } seen && (newest is not { } known || IsNewer(seen, rank, host, known)))
            {
                newest = (host, seen, rank);
            }
        }
    }

    private static bool IsNewer(DateTimeOffset at, int rank, string host, (string Host, DateTimeOffset At, int Rank) than) =>
        at.CompareTo(than.At) is not 0 and var byTime ? byTime > 0
        : rank != than.Rank ? rank > than.Rank
        : string.CompareOrdinal(host, than.Host) < 0;
}
