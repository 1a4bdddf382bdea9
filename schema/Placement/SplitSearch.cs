namespace NumaHistory.Schema.Placement;

/// <summary>
/// The fewest cells that have enough together, and of these the closest; the first in order where several are as close. Branch and
/// bound, for a fixed number of steps for each number of cells.
/// </summary>
internal sealed class SplitSearch
{
    private const int Steps = 50_000;

    private readonly SplitRoom _room;
    private readonly CellCost _cost;
    private readonly int[] _usable;
    private readonly long[][] _most;
    private readonly int[] _chosen;
    private readonly long[] _sums;
    private int[]? _best;
    private long _bestDistance = long.MaxValue;
    private int _steps = Steps;

    private SplitSearch(SplitRoom room, CellCost cost, int size)
    {
        (_room, _cost) = (room, cost);
        _usable = [.. Enumerable.Range(0, room.Supplies.Length).Where(room.IsUsable)];
        _most = [.. room.Given.Select(given => Most(given, size))];
        _chosen = new int[size];
        _sums = new long[room.Wanted.Length];
    }

    public static (int[] Cells, long Distance)? Find(SplitRoom room, CellCost cost)
    {
        for (var size = 1; size <= room.Supplies.Length; size++)
        {
            var search = new SplitSearch(room, cost, size);
            if (search._usable.Length >= size)
            {
                search.Try(0, 0, 0);
            }

            if (search._best is { } found)
            {
                return (found, search._bestDistance);
            }
        }

        return null;
    }

    // The sums of the largest 0, 1, 2, ... of them.
    private long[] Most(long[] given, int size)
    {
        var most = new long[size + 1];
        var next = 0;
        foreach (var amount in _usable.Select(cell => given[cell]).OrderDescending().Take(size))
        {
            most[++next] = most[next - 1] + amount;
        }

        return most;
    }

    private void Try(int count, int from, long distance)
    {
        if (distance >= _bestDistance || _steps-- <= 0 || !CanHaveEnough(_chosen.Length - count))
        {
            return;
        }

        if (count == _chosen.Length)
        {
            (_best, _bestDistance) = ([.. _chosen], distance);
            return;
        }

        for (var i = from; i <= _usable.Length - (_chosen.Length - count); i++)
        {
            var cell = _usable[i];
            _chosen[count] = cell;
            Count(cell, 1);
            Try(count + 1, i + 1, distance + Enumerable.Range(0, count).Sum(other => (long)_cost.Distance(_chosen[other], cell)));
            Count(cell, -1);
        }
    }

    private bool CanHaveEnough(int left)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            if (_sums[i] + _most[i][left] < _room.Wanted[i])
            {
                return false;
            }
        }

        return true;
    }

    private void Count(int cell, int sign)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += sign * _room.Given[i][cell];
        }
    }
}
