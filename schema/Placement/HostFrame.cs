using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// What the topology of a host says to whoever places guests, without its guests and samples. Closest: for 1, 2, 3 ... placeable cells, no choice
/// of so many has less distance between them, all pairs added up both ways; up to as many as a guest is split over.
/// </summary>
public sealed record HostFrame(IReadOnlyList<CellFrame> Cells, IReadOnlyList<int> Closest)
{
    // Every choice of cells is looked at up to here, beyond it the closest pairs are added up, whether or not they are of the same cells.
    private const int MostCells = 10;

    /// <summary>The frame of a topology.</summary>
    public static HostFrame Of(HostTopology topology)
    {
        var cells = (topology.Cells ?? []).Select(cell => new CellFrame(
            cell.Id,
            HostRooms.Online(topology, cell),
            HostRooms.Usable(topology, cell),
            HostRooms.IsPlaceable(topology, cell),
            cell.MemoryKiB,
            HostRooms.PoolsKiB(cell),
            cell.Pages ?? []));
        return new HostFrame([.. cells], ClosestOf(topology));
    }

    private static List<int> ClosestOf(HostTopology topology)
    {
        var rooms = HostRooms.Of(new FitHost("", topology), [], new GuestWish("", 1, 1)).Cells;
        var cost = new CellCost(PlacementPolicy.Closest, rooms);
        return rooms.Count <= MostCells ? EveryChoice(rooms.Count, cost) : ClosestPairs(rooms.Count, cost);
    }

    private static List<int> EveryChoice(int count, CellCost cost)
    {
        var least = Enumerable.Repeat(int.MaxValue, Math.Min(count, HostPlacer.MostCells)).ToArray();
        for (var choice = 1; choice < 1 << count; choice++)
        {
            var (size, sum) = (int.PopCount(choice), 0);
            if (size > least.Length)
            {
                continue;
            }

            for (var left = 1; left < count; left++)
            {
                for (var right = 0; right < left; right++)
                {
                    sum += (choice >> left & choice >> right & 1) == 1 ? cost.Distance(left, right) : 0;
                }
            }

            least[size - 1] = Math.Min(least[size - 1], sum);
        }

        return [.. least];
    }

    private static List<int> ClosestPairs(int count, CellCost cost)
    {
        var pairs = Enumerable.Range(1, count - 1).SelectMany(left => Enumerable.Range(0, left).Select(right => cost.Distance(left, right))).Order().ToList();
        return [.. Enumerable.Range(1, HostPlacer.MostCells).Select(size => pairs.Take(size * (size - 1) / 2).Sum())];
    }
}
