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
    /// The answer: at least the best candidates, so many of them. Every host is looked at where each is to be explained, where none fits, and for a
    /// moment of the past: the gauge is of now.
    /// </summary>
    public static StorePlacement Find(StoreReader store, Request request, GuestWish wish, string? host, bool explain, int limit, CancellationToken cancel)
    {
        var isNow = request.At is null && request.KnownAt is null;
        if (isNow && host is null && !explain && !IsRecorded(store, wish, cancel) && new BestFirst(store, wish, request.Now, limit).Find(cancel) is { } best)
        {
            return best;
        }

        var fleet = Fleet.Around(store, request, host, cancel);
        var state = fleet.State(new Dictionary<Circumstances, HostTopology>());
        var placer = new FleetPlacer(state, new FleetCheck(state), wish, fleet.AsOf.At);
        return new StorePlacement(
            fleet.AsOf.At, placer.Place(host is null ? fleet.States.Keys : [fleet.HostKey("--host", host)]), placer.Guests);
    }

    // What the gauge counts as taken is its own in part.
    private static bool IsRecorded(StoreReader store, GuestWish wish, CancellationToken cancel) =>
        wish.Uuid is { } uuid && store.Ask(new GuestNamesQuestion(uuid), cancel).Count > 0;
}
