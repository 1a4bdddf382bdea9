namespace NumaHistory.Schema.Placement;

/// <summary>
/// The cheapest assignment of guest cells to distinct host cells: branch and bound from one that is known to hold, each first place with its
/// share of a fixed number of steps, so that a large machine costs no more than a while. Guest cells that are alike are tried in one order
/// only.
/// </summary>
internal sealed class Assignment
{
    private const int Steps = 4_000;

    private readonly Lack[] _lacks;
    private readonly int _hosts;
    private readonly CellCost _cost;
    private readonly long[] _own;
    private readonly long _cheapestPair;
    private readonly int[] _order;
    private readonly int[] _sameAsBefore;
    private readonly int[] _places;
    private readonly bool[] _isTaken;
    private readonly Dictionary<int, int[]> _nearest = [];
    private int[] _best;
    private long _bestCost;
    private int _steps;

    private Assignment(Needs[] needs, CellSupply[] supplies, Lack[] lacks, CellCost cost, int[] known)
    {
        (_lacks, _hosts, _cost, _best) = (lacks, supplies.Length, cost, known);
        _own = new long[needs.Length * _hosts];
        for (var i = 0; i < _own.Length; i++)
        {
            _own[i] = lacks[i] == Lack.None ? cost.Of(needs[i / _hosts], supplies[i % _hosts], i % _hosts) : long.MaxValue;
        }

        _order = [.. Enumerable.Range(0, needs.Length).OrderBy(guest => Enumerable.Range(0, _hosts).Count(host => lacks[(guest * _hosts) + host] == Lack.None))];
        _sameAsBefore = new int[needs.Length];
        for (var i = 0; i < _order.Length; i++)
        {
            _sameAsBefore[i] = Array.FindLastIndex(_order, Math.Max(0, i - 1), i, other => needs[other].IsLike(needs[_order[i]]));
        }

        _places = new int[needs.Length];
        _isTaken = new bool[_hosts];
        _cheapestPair = CheapestPair();
        _bestCost = Cost(known);
    }

    public static int[] Best(Needs[] needs, CellSupply[] supplies, Lack[] lacks, CellCost cost, int[] known)
    {
        if (needs.Length == 1)
        {
            return [CheapestCell(needs[0], supplies, lacks, cost)];
        }

        var search = new Assignment(needs, supplies, lacks, cost, known);
        for (var host = 0; host < supplies.Length; host++)
        {
            search._steps = Steps / supplies.Length;
            search.Try(0, host, 0);
        }

        return search.InOrder();
    }

    // Guest cells lie in the order of the host cells where that costs no more.
    private int[] InOrder()
    {
        var places = _best;
        for (var i = 0; i < places.Length; i++)
        {
            for (var j = i + 1; j < places.Length; j++)
            {
                if (places[i] > places[j] && MayChange(i, j))
                {
                    (places[i], places[j]) = (places[j], places[i]);
                }
            }
        }

        return places;
    }

    // The distance between cells is that of both ways: it stays what it is.
    private bool MayChange(int guest, int other)
    {
        var (before, after) = (Own(guest, _best[guest]), Own(guest, _best[other]));
        var (otherBefore, otherAfter) = (Own(other, _best[other]), Own(other, _best[guest]));
        return after != long.MaxValue && otherAfter != long.MaxValue && after + otherAfter <= before + otherBefore;
    }

    private long Own(int guest, int host) => _own[(guest * _hosts) + host];

    private static int CheapestCell(Needs needs, CellSupply[] supplies, Lack[] lacks, CellCost cost)
    {
        var (best, least) = (-1, long.MaxValue);
        for (var host = 0; host < supplies.Length; host++)
        {
            if (lacks[host] == Lack.None && cost.Of(needs, supplies[host], host) is var price && price < least)
            {
                (best, least) = (host, price);
            }
        }

        return best;
    }

    private void Try(int step, int host, long cost)
    {
        var guest = _order[step];
        if (_isTaken[host] || _own[(guest * _hosts) + host] is var own && own == long.MaxValue
            || (_sameAsBefore[step] is >= 0 and var before && _places[_order[before]] > host))
        {
            return;
        }

        cost += own;
        for (var i = 0; i < step; i++)
        {
            cost += _cost.Between(_places[_order[i]], host);
        }

        var left = _order.Length - step - 1;
        var pairsLeft = (left * (step + 1)) + (left * (left - 1) / 2);
        if (cost + (pairsLeft * _cheapestPair) >= _bestCost || _steps-- <= 0)
        {
            return;
        }

        _places[guest] = host;
        if (left == 0)
        {
            (_best, _bestCost) = ([.. _places], cost);
            return;
        }

        _isTaken[host] = true;
        foreach (var next in Nearest(host))
        {
            Try(step + 1, next, cost);
        }

        _isTaken[host] = false;
    }

    private int[] Nearest(int host)
    {
        if (!_nearest.TryGetValue(host, out var order))
        {
            _nearest[host] = order = [.. Enumerable.Range(0, _hosts).Where(other => other != host).OrderBy(other => _cost.Distance(host, other))];
        }

        return order;
    }

    private long CheapestPair()
    {
        var least = long.MaxValue;
        for (var left = 1; left < _hosts; left++)
        {
            for (var right = 0; right < left; right++)
            {
                least = Math.Min(least, _cost.Between(left, right));
            }
        }

        return least == long.MaxValue ? 0 : least;
    }

    private long Cost(int[] places)
    {
        var cost = 0L;
        for (var i = 0; i < places.Length; i++)
        {
            cost += _own[(i * _hosts) + places[i]];
            for (var j = 0; j < i; j++)
            {
                cost += _cost.Between(places[i], places[j]);
            }
        }

        return cost;
    }
}
