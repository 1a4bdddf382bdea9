using System.Text;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Which of the amounts of memory that a guest may ask of a cell are free in each cell of a host: as long as that stays the same, so does where
/// it goes. Where the choice of cells itself rests on what is free, every change of it counts.
/// </summary>
internal sealed class MemoryNeeds
{
    private readonly IReadOnlyList<Cell> _cells;
    private readonly GuestWish _wish;
    private readonly long[] _outstanding;
    private readonly long[] _sizes;
    private readonly bool _countsAll;
    private readonly StringBuilder _step = new();

    public MemoryNeeds(GuestWish wish, IReadOnlyList<Cell> cells, IReadOnlyList<GuestPins> others)
    {
        var indexes = GuestIndex.Of(others);
        _outstanding = [.. cells.Select(cell => HostRooms.Outstanding(indexes, cell.Id))];
        (_wish, _cells) = (wish, cells);
        _sizes = [.. HostPlacer.Counts(wish, cells.Count).SelectMany(count => wish.Demands(count, null)).Select(demand => demand.MemoryKiB ?? 0).Distinct()];
        _countsAll = wish.AllowSharedCells || wish.Policy is PlacementPolicy.Pack or PlacementPolicy.Spread;
    }

    /// <summary>The step that a sample is on: equal texts, equal answers.</summary>
    public string Step(ObservedMemory? memory)
    {
        _step.Clear();
        for (var i = 0; i < _cells.Count; i++)
        {
            var cell = _cells[i];
            var sample = Sample(memory, cell.Id);
            if (cell.MemoryKiB is null)
            {
                Add(sample?.TotalKiB ?? -1);
            }

            if (!_wish.CountsPages)
            {
                Add(sample?.FreeKiB is { } free ? Met(free - _outstanding[i] - (_wish.Limits?.ReserveKiB ?? 0) - (_wish.Limits?.GuestOverheadKiB ?? 0), 1) : -1);
                continue;
            }

            foreach (var pool in cell.Pages ?? [])
            {
                Add(sample?.Pages?.FirstOrDefault(one => one.SizeKiB == pool.SizeKiB)?.Free is { } pages ? Met(pages, pool.SizeKiB) : -1);
            }
        }

        return _step.ToString();
    }

    // Four characters hold one number.
    private void Add(long number)
    {
        for (var bits = 0; bits < 64; bits += 16)
        {
            _step.Append((char)((number >> bits) & ushort.MaxValue));
        }
    }

    private long Met(long free, long unit)
    {
        if (_countsAll)
        {
            return free;
        }

        var met = 0;
        foreach (var size in _sizes)
        {
            met += size % unit == 0 && size / unit <= free ? 1 : 0;
        }

        return met;
    }

    private static CellMemory? Sample(ObservedMemory? memory, int id)
    {
        for (var i = 0; i < memory?.Cells.Count; i++)
        {
            if (memory.Cells[i].Id == id)
            {
                return memory.Cells[i];
            }
        }

        return null;
    }
}
