using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Guest cells on host cells where several may share one, or where cells have CPUs in common: tried one after the other on what the ones before have left, those with the most
/// vCPUs and memory first, for a fixed number of steps.
/// </summary>
internal sealed class SharedCells
{
    private const int Steps = 5_000;

    private readonly Needs[] _needs;
    private readonly PlacementLimits? _limits;
    private readonly CellCost _cost;
    private readonly bool _mayShare;
    private readonly int[] _order;
    private readonly PlacedCell[] _placed;
    private readonly int[] _places;
    private int _steps = Steps;

    private SharedCells(Needs[] needs, PlacementLimits? limits, CellCost cost, bool mayShare)
    {
        (_needs, _limits, _cost, _mayShare) = (needs, limits, cost, mayShare);
        // Shared vCPUs run on what those that are given CPUs of their own have left.
        _order =
        [
            .. Enumerable.Range(0, needs.Length).OrderByDescending(i => needs[i].Cpus > 0).ThenByDescending(i => needs[i].Cpus + needs[i].Shared)
                .ThenByDescending(i => needs[i].MemoryKiB),
        ];
        _placed = new PlacedCell[needs.Length];
        _places = new int[needs.Length];
    }

    /// <summary>The guest cells with the index of each one's host cell, or null where none was found.</summary>
    public static (IReadOnlyList<PlacedCell> Cells, int[] Places)? Place(
        Needs[] needs, IReadOnlyList<CellRoom> rooms, PlacementLimits? limits, CellCost cost, bool mayShare = true)
    {
        var search = new SharedCells(needs, limits, cost, mayShare);
        return search.Try(0, [.. rooms.Select(room => new CellSupply(room))]) ? (search._placed, search._places) : null;
    }

    private bool Try(int step, CellSupply[] supplies)
    {
        if (step == _order.Length)
        {
            return true;
        }

        var needs = _needs[_order[step]];
        foreach (var host in Enumerable.Range(0, supplies.Length).OrderBy(host => Far(step, host)).ThenBy(host => _cost.Of(needs, supplies[host], host)))
        {
            if (IsTaken(step, host) || CellFit.Lacks(needs, supplies[host], _limits) != Lack.None || _steps-- <= 0)
            {
                continue;
            }

            _placed[_order[step]] = Placer.Placed(needs, supplies[host], out var aside);
            _places[_order[step]] = host;
            var given = _placed[_order[step]];
            var taken = Taken(supplies[host], needs, given, aside);
            var shared = needs.Shared > 0 ? given.Pins!.First(pin => needs.Demand.SharedVcpus!.Contains(pin.Vcpu)).Cpus! : CpuSet.Empty;
            CellSupply[] left = [.. supplies.Select((supply, other) => other == host ? Left(supply, needs, given, taken, shared) : Without(supply, taken, shared, needs.Shared))];
            if (Try(step + 1, left))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsTaken(int step, int host)
    {
        for (var i = 0; i < step && !_mayShare; i++)
        {
            if (_places[_order[i]] == host)
            {
                return true;
            }
        }

        return false;
    }

    private long Far(int step, int host)
    {
        var far = 0L;
        for (var i = 0; i < step; i++)
        {
            far += _places[_order[i]] == host ? 0 : _cost.Distance(_places[_order[i]], host);
        }

        return far;
    }

    private static CpuSet Taken(CellSupply supply, Needs needs, PlacedCell placed, CpuSet aside)
    {
        int[] chosen = [.. placed.Pins!.Where(pin => needs.Demand.DedicatedVcpus?.Contains(pin.Vcpu) == true).Select(pin => pin.Cpus!.First)];
        return aside.Union(PinChoice.Taken(supply, needs, chosen));
    }

    // A CPU may be in several cells.
    private static CellSupply Without(CellSupply supply, CpuSet taken, CpuSet shared, int vcpus)
    {
        var beside = supply.Shared.Overlaps(shared) ? vcpus : 0;
        return beside == 0 && !supply.Dedicated.Overlaps(taken.Union(shared)) && !supply.Shared.Overlaps(taken) ? supply : new CellSupply(
            supply.Room with { UsedDedicatedCpus = supply.Used.Union(taken).Union(shared), SharedCpuUsage = supply.SharedUsage + beside },
            supply.Shared.Except(taken),
            supply.OwnShared + beside,
            supply.OwnKiB);
    }

    private static CellSupply Left(CellSupply supply, Needs needs, PlacedCell placed, CpuSet taken, CpuSet shared)
    {
        var room = supply.Room;
        var left = room with
        {
            UsedDedicatedCpus = supply.Used.Union(taken).Union(shared),
            SharedCpuUsage = supply.SharedUsage + needs.Shared,
            MemoryUsedKiB = supply.UsedKiB + needs.MemoryKiB,
            Resources = room.Resources?.ToDictionary(one => one.Key, one => one.Value - (needs.Demand.Resources?.GetValueOrDefault(one.Key) ?? 0)),
            Pages = room.Pages is null || placed.PageSizeKiB is not { } size ? room.Pages
                : [.. room.Pages.Select(pool => pool.SizeKiB == size ? pool with { Used = (pool.Used ?? 0) + (needs.MemoryKiB / size) } : pool)],
        };
        return new CellSupply(left, supply.Shared.Except(taken), supply.OwnShared + needs.Shared, supply.OwnKiB + needs.MemoryKiB);
    }
}
