using NumaHistory.Schema.Events;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.State;

/// <summary>
/// What is known of one guest: the only fold of guest facts, of what was seen on any host and of what was decided. Facts may
/// come in any order; per kind the one with the newest observed time holds. For a past moment fold only the facts observed up to it.
/// </summary>
public sealed record GuestState(Guid Guest)
{
    /// <summary>The newest fact of all.</summary>
    public IGuestFact? Last { get; private init; }

    /// <summary>What was seen, by host key.</summary>
    public IReadOnlyDictionary<string, GuestOnHost> Hosts { get; private init; } =
        new SortedDictionary<string, GuestOnHost>(StringComparer.Ordinal);

    /// <summary>The newest decision or release; null when nobody decided.</summary>
    public IGuestFact? Decision { get; private init; }

    /// <summary>The newest declared move.</summary>
    public MoveDeclared? Move { get; private init; }

    /// <summary>The decision in force; null when there is none or it was released.</summary>
    public PinningDecided? Decided => Decision as PinningDecided;

    /// <summary>The guest's newest name.</summary>
    public string Name => Last?.Name ?? Guest.ToString();

    /// <summary>Key of the host it is on, or is meant to be on; null when nothing tells.</summary>
    public string? Host { get; private init; }

    /// <summary>Whether it was seen running on the host it is on.</summary>
    public bool IsRunning => Host is { } host && Hosts.GetValueOrDefault(host)?.IsRunning == true;

    /// <summary>The state with one more fact.</summary>
    public GuestState After(IGuestFact fact)
    {
        var after = With(fact);
        return after with { Host = after.NewestSign() };
    }

    /// <summary>
    /// The pinning in force in a layer: what was seen on the host it is on, else what was decided, else, after a move that nobody saw
    /// the end of, what was seen where it was. What a decision promises (exclusive and reserved CPUs, SMT) holds for what is seen too; the CPUs it names hold
    /// for what was backfilled.
    /// </summary>
    public PinsInForce? Pins(PinLayer layer)
    {
        var here = Host is { } host ? Hosts.GetValueOrDefault(host) : null;
        if ((here?[layer] ?? (Decided is null ? Elsewhere(layer) : null)) is { } seen)
        {
            return new PinsInForce(
                Told(seen) with
                {
                    Exclusive = Decided?.Pins.Exclusive ?? seen.Pins.Exclusive,
                    Smt = Decided?.Pins.Smt ?? seen.Pins.Smt,
                    Reserved = Decided?.Pins.Reserved ?? seen.Pins.Reserved,
                    Layer = layer,
                },
                seen,
                Decided);
        }

        return Decided is { } decided && layer != PinLayer.SavedImage
            ? new PinsInForce(decided.Pins with { Layer = layer }, decided, decided)
            : null;
    }

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
            PinningDecided or PinningReleased => known with { Decision = Newest.Of(Decision, fact) },
            MoveDeclared move => known with { Move = Newest.Of(Move, move) },
            _ => known with
            {
                Hosts = new SortedDictionary<string, GuestOnHost>(Hosts.ToDictionary(), StringComparer.Ordinal)
                {
                    [fact.Host] = (Hosts.GetValueOrDefault(fact.Host) ?? new GuestOnHost(fact.Host)).After(fact),
                },
            },
        };
    }

    // A guest is where the newest sign of it is: seen running counts before seen, a declared move before a decision.
    private string? NewestSign()
    {
        (string Host, DateTimeOffset At, int Rank)? newest = null;
        See(Decided?.Host, Decided?.ObservedAt, 0);
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
