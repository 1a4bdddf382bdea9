using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Placement;

/// <summary>Whether one guest cell goes to one host cell, and all that it lacks there (the rules of CLI.md, PlacementProblem).</summary>
internal static class CellFit
{
    public static Lack Lacks(Needs needs, CellSupply supply, PlacementLimits? limits) =>
        LacksCpus(needs, supply)
            | (needs.Shared > 0 ? SharedCpus(needs, supply, limits) : Lack.None)
            | Memory(needs, supply, limits)
            | (needs.Demand.PageSizeKiB is not null || needs.Demand.PageSize is not null ? Pages(needs, supply) : Lack.None)
            | (needs.Demand.Resources is { Count: > 0 } ? Resources(needs, supply) : Lack.None)
            | (needs.Demand.OnlyOn?.Contains(supply.Room.Id) == false ? Lack.Elsewhere : Lack.None);

    /// <summary>The same for CPUs of its own, those set aside included.</summary>
    public static Lack LacksCpus(Needs needs, CellSupply supply) => needs.Cpus > 0 ? Cpus(needs, supply) : Lack.None;

    /// <summary>The page size that backs the guest cell there: the largest that does; null = none does, or pages are not counted.</summary>
    public static long? PageSize(Needs needs, CellSupply supply)
    {
        var (demand, pages) = (needs.Demand, supply.Room.Pages);
        if (pages is null || (demand.PageSizeKiB is null && demand.PageSize is null))
        {
            return null;
        }

        long? found = null;
        for (var i = 0; i < pages.Count; i++)
        {
            var size = pages[i].SizeKiB;
            if (IsMeant(demand, pages, size) && needs.MemoryKiB % size == 0 && needs.MemoryKiB / size <= pages[i].Free && !(found >= size))
            {
                found = size;
            }
        }

        return found;
    }

    /// <summary>Whether pages of this size are asked for, where the cell has all of these.</summary>
    public static bool IsMeant(CellDemand demand, IReadOnlyList<PageRoom> pages, long sizeKiB)
    {
        if (demand.PageSizeKiB is { } given)
        {
            return sizeKiB == given;
        }

        var smallest = long.MaxValue;
        for (var i = 0; i < pages.Count; i++)
        {
            smallest = Math.Min(smallest, pages[i].SizeKiB);
        }

        return demand.PageSize == PageChoice.Any || (demand.PageSize == PageChoice.Small) == (sizeKiB == smallest);
    }

    /// <summary>The part of the memory, 0 to 1, for which the cell has no free pages, of the size that lacks the least.</summary>
    public static double PagesMissing(Needs needs, CellSupply supply)
    {
        var most = 0.0;
        foreach (var pool in supply.Room.Pages ?? [])
        {
            most = IsMeant(needs.Demand, supply.Room.Pages!, pool.SizeKiB) ? Math.Max(most, (double)pool.Free * pool.SizeKiB / Math.Max(1, needs.MemoryKiB)) : most;
        }

        return Math.Max(0, 1 - most);
    }

    private static Lack Cpus(Needs needs, CellSupply supply)
    {
        if (needs.Cpus > supply.FreeCount)
        {
            return (supply.Dedicated.Count < needs.Cpus ? Lack.OwnCpus | Lack.FreeCpus : Lack.FreeCpus) | (IsShortOfCores(needs, supply) ? Lack.Cores : Lack.None);
        }

        return needs.Smt switch
        {
            _ when needs.Dedicated > supply.FreeForVcpus => Lack.FreeCpus,
            _ when needs.Dedicated == 0 => Lack.None,
            SmtPolicy.Isolate when !supply.HasCores(needs.Dedicated, needs.Aside) => Lack.Cores,
            SmtPolicy.Require when !supply.HasPairs(needs.Dedicated) => Lack.Cores,
            _ => Lack.None,
        };
    }

    /// <summary>Whether the cell has not the cores that the policy asks for, were as many CPUs free as are missing.</summary>
    public static bool IsShortOfCores(Needs needs, CellSupply supply) => needs.Smt switch
    {
        _ when needs.Dedicated == 0 => false,
        SmtPolicy.Isolate => supply.CoresIfFreed(needs.Cpus - supply.FreeCount) < needs.Dedicated,
        SmtPolicy.Require => supply.MostPaired(needs.Dedicated) < needs.Dedicated,
        _ => false,
    };

    private static Lack SharedCpus(Needs needs, CellSupply supply, PlacementLimits? limits)
    {
        var count = BothKinds.SharedLeft(needs, supply).Count;
        var lack = needs.Shared + supply.OwnShared > count ? Lack.OwnShared : Lack.None;
        return limits?.CpuAllocationRatio is { } ratio && supply.SharedUsage + needs.Shared > count * ratio
            ? lack | Lack.SharedRatio
            : lack;
    }

    // Memory of dedicated vCPUs is never promised twice; that of shared ones as often as the ratio says.
    private static Lack Memory(Needs needs, CellSupply supply, PlacementLimits? limits)
    {
        var lack = needs.MemoryKiB + supply.OwnKiB > supply.MemoryKiB ? Lack.Memory : Lack.None;
        return needs.Dedicated > 0
            ? needs.MemoryKiB > supply.MemoryKiB - supply.UsedKiB ? lack | Lack.MemoryLeft : lack
            : limits?.MemoryAllocationRatio is { } ratio && supply.UsedKiB + needs.MemoryKiB > supply.MemoryKiB * ratio
                ? lack | Lack.MemoryLeft
                : lack;
    }

    private static Lack Pages(Needs needs, CellSupply supply) => PageSize(needs, supply) is null ? Lack.Pages : Lack.None;

    private static Lack Resources(Needs needs, CellSupply supply)
    {
        foreach (var (name, count) in needs.Demand.Resources!)
        {
            if (count > (supply.Room.Resources?.GetValueOrDefault(name) ?? 0))
            {
                return Lack.Resources;
            }
        }

        return Lack.None;
    }
}
