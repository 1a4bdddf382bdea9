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
    // Where nothing fits, so many hosts are all looked at, and of more than that only the nearest.
    private const int Few = 1_000;
    private const int Nearest = 64;

    /// <summary>How many hosts were looked at, null = all.</summary>
    public int? Looked { get; init; }

    /// <summary>
    /// The answer: at least the best candidates, so many of them. Every host is looked at where each is to be explained, where none of a few fits, and for a
    /// moment of the past: the gauge is of now.
    /// </summary>
    public static StorePlacement Find(StoreReader store, Request request, GuestWish wish, string? host, bool explain, int limit, CancellationToken cancel)
    {
        var isNow = request.At is null && request.KnownAt is null;
        if (isNow && host is null && !explain && !IsRecorded(store, wish, cancel))
        {
            var search = new BestFirst(store, wish, request.Now, limit);
            if (search.Find(cancel) is { } best)
            {
                return best;
            }

            if (store.Ask(new HostCountQuestion(), cancel) > Few)
            {
                return search.Nearest(Nearest, cancel);
            }
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
