using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// Which dedicated CPUs of a cell the vCPUs get, in order, and which are set aside: whole cores before parts of them. The cell has been
/// found to have them.
/// </summary>
internal sealed class PinChoice
{
    private readonly CellSupply _supply;
    private readonly int[] _chosen;
    private readonly SmtPolicy _smt;
    private int _count;

    private PinChoice(CellSupply supply, Needs needs)
    {
        _supply = supply;
        _smt = needs.Smt;
        _chosen = new int[needs.Dedicated];
        if (supply.Room.Siblings is not { Count: > 0 })
        {
            TakeAny();
        }
        else if (needs.Smt == SmtPolicy.Isolate)
        {
            TakeCores();
        }
        else
        {
            TakeTogether();
        }
    }

    /// <summary>The CPUs of the vCPUs, in the order of these, and those that nobody else may have now.</summary>
    public static (int[] Chosen, CpuSet? Emulator, CpuSet Reserved, CpuSet Taken) Of(CellSupply supply, Needs needs)
    {
        var chosen = needs.Dedicated == 0 ? [] : new PinChoice(supply, needs)._chosen;
        if (needs.Aside == 0)
        {
            return (chosen, null, CpuSet.Empty, CpuSet.Empty);
        }

        var taken = Taken(supply, needs, chosen);
        var emulator = needs.HasEmulator ? CpuSet.Single(Leftover(supply, taken)) : null;
        var all = emulator is null ? taken : taken.Union(emulator);
        var reserved = CpuSet.Empty;
        for (var i = 0; i < needs.Reserved; i++)
        {
            reserved = reserved.Union(CpuSet.Single(Leftover(supply, all.Union(reserved))));
        }

        return (chosen, emulator, reserved, all.Union(reserved));
    }

    /// <summary>The CPUs of vCPUs with all that their policy keeps others from.</summary>
    public static CpuSet Taken(CellSupply supply, Needs needs, int[] chosen)
    {
        var taken = CpuSet.Of(chosen);
        foreach (var core in needs.Smt == SmtPolicy.Isolate && chosen.Length > 0 ? supply.Cores : [])
        {
            taken = core.Threads?.Overlaps(taken) == true ? taken.Union(core.Threads) : taken;
        }

        return taken;
    }

    /// <summary>
    /// A CPU to set aside: one that vCPUs may not have before others, from the core that has the fewest free threads left; -1 = there is none.
    /// </summary>
    public static int Leftover(CellSupply supply, CpuSet taken)
    {
        if (supply.Others is { } others && Leftover(others, taken) is >= 0 and var other)
        {
            return other;
        }

        var (best, fewest) = (-1, int.MaxValue);
        foreach (var core in supply.Cores)
        {
            var (first, left) = (-1, 0);
            for (var cpu = core.From(0); cpu >= 0; cpu = core.From(cpu + 1))
            {
                if (supply.IsFree(cpu) && !taken.Contains(cpu))
                {
                    first = first < 0 ? cpu : first;
                    left++;
                }
            }

            (best, fewest) = left > 0 && left < fewest ? (first, left) : (best, fewest);
        }

        return best;
    }

    private bool IsFull => _count == _chosen.Length;

    private int Missing => _chosen.Length - _count;

    private void TakeAny()
    {
        for (var cpu = _supply.ForVcpus.From(0); cpu >= 0 && !IsFull; cpu = _supply.ForVcpus.From(cpu + 1))
        {
            if (!_supply.Used.Contains(cpu))
            {
                _chosen[_count++] = cpu;
            }
        }
    }

    private void TakeCores()
    {
        for (var size = 1; !IsFull && size <= _supply.MostFree; size++)
        {
            foreach (var core in _supply.Cores)
            {
                if (core.IsAlone && core.Free == size && !IsFull)
                {
                    Take(core, 1);
                }
            }
        }
    }

    // Whole cores, small ones first, as long as one goes in; then the rest on one core; then threads one by one.
    private void TakeTogether()
    {
        var cores = _supply.Cores;
        Span<bool> done = cores.Length <= 512 ? stackalloc bool[cores.Length] : new bool[cores.Length];
        var largest = 0;
        for (var size = 2; size <= Missing && size <= _supply.MostFree; size++)
        {
            for (var i = 0; i < cores.Length && Missing >= size; i++)
            {
                if (cores[i].Free == size)
                {
                    Take(cores[i], size);
                    done[i] = true;
                    largest = size;
                }
            }
        }

        // One vCPU of an even number would be alone although the last core can spare it company.
        if (Missing == 1 && largest > 2 && _chosen.Length % 2 == 0 && IndexOfPair(cores, done) >= 0)
        {
            _count--;
        }

        while (Missing > 1 && IndexOfPair(cores, done) is >= 0 and var pair)
        {
            Take(cores[pair], Math.Min(Missing, cores[pair].Free));
            done[pair] = true;
        }

        TakeSingles(cores, done);
    }

    private static int IndexOfPair(Core[] cores, Span<bool> done)
    {
        for (var i = 0; i < cores.Length; i++)
        {
            if (!done[i] && cores[i].Free > 1)
            {
                return i;
            }
        }

        return -1;
    }

    // First threads that have no free sibling, then others; require never takes a core without SMT.
    private void TakeSingles(Core[] cores, Span<bool> done)
    {
        for (var isBreaking = false; !IsFull; isBreaking = true)
        {
            for (var i = 0; i < cores.Length && !IsFull; i++)
            {
                if (!done[i] && (isBreaking || cores[i].Free == 1) && (_smt != SmtPolicy.Require || cores[i].Size > 1))
                {
                    Take(cores[i], 1);
                    done[i] = true;
                }
            }

            if (isBreaking)
            {
                break;
            }
        }
    }

    private void Take(Core core, int count)
    {
        for (var cpu = core.From(0); cpu >= 0 && count > 0; cpu = core.From(cpu + 1))
        {
            if (_supply.IsFree(cpu))
            {
                _chosen[_count++] = cpu;
                count--;
            }
        }
    }
}
