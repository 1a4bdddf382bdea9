using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>What follows from the state of a host, made once: the host of a question, the events its topology is in, and what its boots taught.</summary>
internal sealed record FleetHost(
    FitHost Host, IReadOnlyList<Guid> Structure, IReadOnlyList<Guid> Capacity, IReadOnlyDictionary<int, IReadOnlyList<long>>? SettledKiB)
{
    public static FleetHost Of(FleetState fleet, string key)
    {
        var state = fleet.Hosts.GetValueOrDefault(key);
        var source = state?.InForce;
        return new FleetHost(
            fleet.Edits.Of(new FitHost(
                fleet.NameOf(key), state is null ? null : fleet.Topology(state), fleet.Memory(key), state?.Boot?.Architecture, state?.Boot?.Settings)),
            Ids(fleet, source?.Structure),
            Ids(fleet, source?.Capacity, source?.Structure),
            fleet.Settled(key, source?.Name));
    }

    private static List<Guid> Ids(FleetState fleet, params object?[] facts) =>
        [.. facts.OfType<object>().Select(fleet.EventOf).OfType<Guid>().Distinct()];
}
