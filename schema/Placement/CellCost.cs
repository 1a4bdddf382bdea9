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

    /// <summary>What the score of these places is made of; guest cells on one host cell are counted there together.</summary>
    public ScoreParts Parts(Needs[] needs, CellSupply[] supplies, int[] places)
    {
        var cells = new List<CellLeft>(places.Length);
        var distance = 0L;
        for (var i = 0; i < places.Length; i++)
        {
            var isFirst = true;
            for (var j = 0; j < i; j++)
            {
                isFirst &= places[i] != places[j];
                distance += places[i] == places[j] ? 2 * Local : Distance(places[i], places[j]);
            }

            if (isFirst)
            {
                cells.Add(Left(needs, supplies[places[i]], places, places[i]));
            }
        }

        return new ScoreParts(policy, cells, places.Length * (places.Length - 1), distance);
    }

    private static CellLeft Left(Needs[] needs, CellSupply supply, int[] places, int place)
    {
        var (cpus, shared, memory) = (0, 0, 0L);
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] == place)
            {
                (cpus, shared, memory) = (cpus + needs[i].Cpus, shared + needs[i].Shared, memory + needs[i].MemoryKiB);
            }
        }

        return Left(supply, cpus, shared, memory);
    }

    private static CellLeft Left(CellSupply supply, int cpus, int shared, long memoryKiB) => new(
        supply.Room.Id,
        Math.Max(0, cpus > 0 ? supply.FreeCount - cpus : supply.SharedCount - supply.SharedUsage - shared),
        cpus > 0 ? supply.Dedicated.Count : supply.SharedCount,
        Math.Max(0, supply.MemoryKiB - supply.UsedKiB - memoryKiB),
        supply.MemoryKiB);

    private static double LeftFree(Needs needs, CellSupply supply) => Left(supply, needs.Cpus, needs.Shared, needs.MemoryKiB).Share;

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
