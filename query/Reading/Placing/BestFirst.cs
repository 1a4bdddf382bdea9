using NumaHistory.Query.Reading.Guests;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// The best candidates of a fleet as it is now. Hosts that may have room are read and placed on a few at a time, in the order of the best that they
/// can be, until none that is left can come before those found.
/// </summary>
internal sealed class BestFirst(StoreReader store, GuestWish wish, DateTimeOffset at, int limit)
{
    private const int MostAtOnce = 256;

    // Some have less than the question thought.
    private const int Spare = 2;

    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, GuestPins> _guests = [];
    private PlacementAnswer _answer = new(false, [], []);

    /// <summary>As many as asked for, best first; fewer only where no more fit. Null: none does.</summary>
    public StorePlacement? Find(CancellationToken cancel)
    {
        foreach (var need in RoomNeed.Of(wish))
        {
            if (Find(need, cancel))
            {
                break;
            }
        }

        return _answer.Fits ? new StorePlacement(at, _answer, _guests) : null;
    }

    /// <summary>Where none does: of the hosts that have no room some, those that come nearest, with what they lack.</summary>
    public StorePlacement Nearest(int count, CancellationToken cancel)
    {
        var hosts = store.Ask(new NearestHostsQuestion(new ScoreOrder(wish, RoomNeed.Of(wish).First()), count), cancel);
        Place([.. hosts.Where(_seen.Add)], cancel);
        return new StorePlacement(at, _answer, _guests) { Looked = _seen.Count };
    }

    // Whether the search is over.
    private bool Find(RoomNeed need, CancellationToken cancel)
    {
        foreach (var some in RoomyHosts.InOrder(store, wish, need, limit + Spare, cancel).SelectMany(part => part.Chunk(MostAtOnce)))
        {
            Place([.. some.Select(host => host.Key).Where(_seen.Add)], cancel);
            if (_answer.Candidates.Count >= limit && Compare(_answer.Candidates[limit - 1], need.GuestCells, some[^1]) <= 0)
            {
                return true;
            }
        }

        return _answer.Candidates.Count(one => one.Cells!.Count <= need.GuestCells) >= limit;
    }

    private void Place(List<string> hosts, CancellationToken cancel)
    {
        if (hosts.Count == 0)
        {
            return;
        }

        var state = Fleet.Now(store, HostFilter.Of(hosts), at, cancel).State(new Dictionary<Circumstances, HostTopology>());
        var placer = new FleetPlacer(state, new FleetCheck(state), wish, at);
        _answer = FleetPlacer.Together([_answer, placer.Place(hosts)]);
        foreach (var (host, guest) in placer.Guests)
        {
            _guests.TryAdd(host, guest);
        }
    }

    // The order of candidates: fewest cells, then score, then name.
    private static int Compare(PlacedCandidate found, int cells, RoomyHost last)
    {
        var byCells = found.Cells!.Count.CompareTo(cells);
        var byScore = ((double)last.MostTenths).CompareTo(Math.Round((found.Score ?? 0) * 10));
        return byCells != 0 ? byCells : byScore != 0 ? byScore : string.CompareOrdinal(found.Host, last.Name);
    }
}
