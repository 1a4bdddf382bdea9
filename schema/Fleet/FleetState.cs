using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>
/// Hosts by key and guests by id as of a moment, and what else a verdict on them rests on. The dictionaries may be of somebody who
/// lets time pass in them, see <see cref="FleetCheck.Forget"/>.
/// </summary>
public sealed record FleetState(IReadOnlyDictionary<string, HostState> Hosts, IReadOnlyDictionary<Guid, GuestState> Guests)
{
    /// <summary>The guests of a host; null = all of <see cref="Guests"/> that are on it, as they are when this is first asked.</summary>
    public Func<string, IEnumerable<GuestState>>? On { get; init; }

    /// <summary>The topology of a host.</summary>
    public Func<HostState, HostTopology?> Topology { get; init; } = host => host.Topology;

    /// <summary>The newest sample of a host's memory, or for a past moment its hour's minimum; null = not known, or not looked at.</summary>
    public Func<string, ObservedMemory?> Memory { get; init; } = _ => null;

    /// <summary>What a host was taken for when something was pinned there; null = not known.</summary>
    public Func<Circumstances, HostTopology?> Then { get; init; } = _ => null;

    /// <summary>
    /// Why what is known of a host, and of guests that a source showed there (null: that somebody decided), is too old to judge by; null = it
    /// is fresh.
    /// </summary>
    public Func<string, string?, string?> Stale { get; init; } = (_, _) => null;

    /// <summary>The event that holds a fact; null = it is in none.</summary>
    public Func<object, Guid?> EventOf { get; init; } = _ => null;

    /// <summary>By host and source: the totals that each cell settled at in the host's boots before the one it runs; null = not known.</summary>
    public Func<string, string?, IReadOnlyDictionary<int, IReadOnlyList<long>>?> Settled { get; init; } = (_, _) => null;

    /// <summary>The name of a host that nothing in its state tells; null = its key is all that is known.</summary>
    public Func<string, string?> Name { get; init; } = _ => null;

    /// <summary>What hosts would be like.</summary>
    public HostEdits Edits { get; init; } = HostEdits.None;

    /// <summary>How often resources may be promised.</summary>
    public FitLimits Limits { get; init; } = FitLimits.None;

    /// <summary>The guests that take something of each host.</summary>
    internal ILookup<string, GuestState> ByHost() =>
        Guests.Values.SelectMany(guest => guest.Places, (guest, host) => (guest, host)).ToLookup(on => on.host, on => on.guest);

    /// <summary>The name of a host by its key.</summary>
    public string NameOf(string host) => Hosts.GetValueOrDefault(host) is { Naming: not null } known ? known.Name : Name(host) ?? host;
}
