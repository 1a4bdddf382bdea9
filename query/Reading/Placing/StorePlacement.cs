using NumaHistory.Query.Arguments;
using NumaHistory.Query.Reading.Guests;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>Where a guest fits in the store's fleet, as of a moment, with the pinning of each candidate.</summary>
internal sealed record StorePlacement(DateTimeOffset At, PlacementAnswer Answer, IReadOnlyDictionary<string, GuestPins> Guests)
{
    /// <summary>
    /// The answer. Hosts that cannot have the room are not looked at, unless every one is to be explained or none has it.
    /// </summary>
    public static StorePlacement Find(StoreReader store, Request request, GuestWish wish, string? host, bool explain, CancellationToken cancel)
    {
        var fleet = Fleet.Read(store, request, withMemory: true, cancel);
        var state = fleet.State(new Dictionary<Circumstances, HostTopology>());
        var placer = new FleetPlacer(state, new FleetCheck(state), wish, fleet.AsOf.At);
        if (host is not null)
        {
            return new StorePlacement(fleet.AsOf.At, placer.Place([fleet.HostKey("--host", host)]), placer.Guests);
        }

        // The gauge is of now.
        var roomy = request.At is null && request.KnownAt is null && !explain ? store.Ask(new RoomyHostsQuestion(wish), cancel) : null;
        var answer = placer.Place(fleet.States.Keys.Where(key => roomy?.Contains(key) != false));
        return new StorePlacement(
            fleet.AsOf.At, answer.Fits || roomy is null ? answer : placer.Place(fleet.States.Keys), placer.Guests);
    }
}
