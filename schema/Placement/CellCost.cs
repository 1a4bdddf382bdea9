namespace NumaHistory.Schema.Placement;

/// <summary>
/// What a choice of host cells costs, the least is the best. Between cells: their distance, both ways, 256 where nothing tells it (128 on one
/// socket). Of a cell: how full it is left, the mean of CPUs and memory, in thousandths. The policy gives the first of them weight:
/// closest 1,000,000 x distance and the cell's place as the rest; pack and spread 1,000,000 x fullness and the distance as the rest.
/// </summary>
internal sealed class CellCost(PlacementPolicy policy, IReadOnlyList<CellRoom> rooms)
{
    private const long First = 1_000_000;
    private const int Unknown = 256;
    private const int SameSocket = 128;
    private const int Local = 10;

    private int[]? _distances;

    /// <summary>What it costs to have cells on both, by index.</summary>
    public long Between(int left, int right) => Distance(left, right) * (policy == PlacementPolicy.Closest ? First : 1);

    /// <summary>What it costs to have the guest cell there, by index of the host cell.</summary>
    public long Of(Needs needs, CellSupply supply, int place) => policy switch
    {
        PlacementPolicy.Closest => place,
        PlacementPolicy.Pack => (long)(LeftFree(needs, supply) * 1000) * First,
        _ => (1000 - (long)(LeftFree(needs, supply) * 1000)) * First,
    };

    /// <summary>Both distances between two cells added up.</summary>
    public int Distance(int left, int right)
    {
        var all = _distances ??= Measure();
        return all[(left * rooms.Count) + right] + all[(right * rooms.Count) + left];
    }

    /// <summary>0 to 100, the most is the best; see PlacedCandidate.</summary>
    public double Score(Needs[] needs, CellSupply[] supplies, int[] places)
    {
        var free = 0.0;
        var distances = 0L;
        for (var i = 0; i < places.Length; i++)
        {
            free += policy == PlacementPolicy.Closest ? 0 : LeftFree(needs[i], supplies[places[i]]);
            for (var j = 0; j < i; j++)
            {
                distances += places[i] == places[j] ? 2 * Local : Distance(places[i], places[j]);
            }
        }

        var pairs = places.Length * (places.Length - 1);
        return Math.Round(policy switch
        {
            PlacementPolicy.Closest => pairs == 0 ? 100 : Math.Min(100, 100.0 * Local * pairs / distances),
            PlacementPolicy.Pack => 100 - (100 * free / places.Length),
            _ => 100 * free / places.Length,
        }, 1);
    }

    private static double LeftFree(Needs needs, CellSupply supply)
    {
        var cpus = needs.Cpus > 0
            ? Share(supply.FreeCount - needs.Cpus, supply.Dedicated.Count)
            : Share(supply.SharedCount - supply.SharedUsage - needs.Shared, supply.SharedCount);
        return (cpus + Share(supply.MemoryKiB - supply.UsedKiB - needs.MemoryKiB, supply.MemoryKiB)) / 2;
    }

    private static double Share(double part, double whole) => whole <= 0 ? 0 : Math.Clamp(part / whole, 0, 1);

    private int[] Measure()
    {
        var places = new Dictionary<int, int>(rooms.Count);
        for (var i = 0; i < rooms.Count; i++)
        {
            places[rooms[i].Id] = i;
        }

        var all = new int[rooms.Count * rooms.Count];
        for (var from = 0; from < rooms.Count; from++)
        {
            for (var to = 0; to < rooms.Count; to++)
            {
                all[(from * rooms.Count) + to] = rooms[from].Socket is { } socket && socket == rooms[to].Socket ? SameSocket : Unknown;
            }

            foreach (var distance in rooms[from].Distances ?? [])
            {
                if (places.TryGetValue(distance.Cell, out var to))
                {
                    all[(from * rooms.Count) + to] = distance.Distance;
                }
            }
        }

        return all;
    }
}
