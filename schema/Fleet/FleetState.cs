using NumaHistory.Schema.Observing;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>Hosts by key and guests by id as of a moment, and what else a verdict on them rests on.</summary>
public sealed record FleetState(
    DateTimeOffset At, IReadOnlyDictionary<string, HostState> Hosts, IReadOnlyDictionary<Guid, GuestState> Guests)
{
    /// <summary>The newest sample of a host's memory; null = not known, or not looked at.</summary>
    public Func<string, ObservedMemory?> Memory { get; init; } = _ => null;

    /// <summary>What a host was like when something was pinned there; null = not known.</summary>
    public Func<Circumstances, HostTopology?> Then { get; init; } = _ => null;

    /// <summary>
    /// Why what is known of a host, and of guests that a source showed there (null: that somebody decided), is too old to judge by; null = it
    /// is fresh.
    /// </summary>
    public Func<string, string?, string?> Stale { get; init; } = (_, _) => null;

    /// <summary>The event that holds a fact; null = it is in none.</summary>
    public Func<object, Guid?> EventOf { get; init; } = _ => null;

    /// <summary>The name of a host by its key.</summary>
    public string NameOf(string host) => Hosts.GetValueOrDefault(host)?.Name ?? host;
}
