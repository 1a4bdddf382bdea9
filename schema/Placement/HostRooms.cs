using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>
/// What a recorded host can still give. Any online CPU may be dedicated that no thread of another guest is pinned to, and that is no thread of a
/// core another wants alone; shared are those that nobody has for himself, without isolated ones, over which the kernel balances nothing. Memory is what is free now and not promised, without pools and
/// reserve; for a guest in huge pages the pages alone that are free and not promised. Cells without CPUs or of a slower tier are left out unless they are named.
/// </summary>
internal static class HostRooms
{
    public static PlacementHost Of(FitHost host, IReadOnlyList<GuestPins> others, GuestWish wish)
    {
        var topology = host.Topology;
        var cells = topology?.Cells ?? [];
        var indexes = others.Select(GuestIndex.Of).ToList();
        var silicon = topology is null ? null : TopologyIndex.Of(topology);
        var exclusive = Union(indexes.Select(index => index.Alone(silicon)));
        var taken = Union(indexes.Select(index => index.Everything)).Union(exclusive);
        return new PlacementHost(
            host.Name,
            [
                .. cells.Where(cell => wish.OnCells?.Contains(cell.Id) ?? IsPlaceable(topology!, cell))
                    .Select(cell => Room(host, cell, Usable(topology!, cell), taken, exclusive, indexes, wish)),
            ]);
    }

    /// <summary>The same cells with the memory that is free now; all else is as it was.</summary>
    public static PlacementHost WithMemory(PlacementHost rooms, FitHost host, IReadOnlyList<GuestPins> others, GuestWish wish)
    {
        var indexes = others.Select(GuestIndex.Of).ToList();
        return rooms with
        {
            Cells = [.. rooms.Cells.Select(room => Filled(room, host, host.Topology!.Cells!.First(cell => cell.Id == room.Id), indexes, wish))],
        };
    }

    /// <summary>How often memory may be promised: that of dedicated guests once, that of shared ones as the limits say, else once too.</summary>
    public static double MemoryRatio(GuestWish wish) => wish.Cpu == CpuKind.Dedicated ? 1 : wish.Limits?.MemoryAllocationRatio ?? 1;

    private static CellRoom Room(
        FitHost host, Cell cell, CpuSet cpus, CpuSet taken, CpuSet exclusive, List<GuestIndex> others, GuestWish wish)
    {
        var cores = (host.Topology!.CpuInfo ?? []).Where(cpu => cpus.Contains(cpu.Id)).ToList();
        var room = new CellRoom(
            cell.Id,
            cpus.Except(exclusive).Except(host.Topology!.Cpus.Isolated ?? CpuSet.Empty),
            cpus,
            taken.Intersect(cpus),
            others.Where(index => index.Guest.Exclusive != true).SelectMany(index => index.Active)
                .Sum(pin => (double)pin.Cpus!.Intersect(cpus).Count / Math.Max(1, pin.Cpus.Count)),
            [.. cores.Select(cpu => cpu.Siblings).OfType<CpuSet>().Where(threads => threads.Count > 1).Distinct()],
            Socket: cores.Select(cpu => cpu.Socket).FirstOrDefault(),
            Distances: cell.Distances);
        var asked = wish.Cpu == CpuKind.Dedicated ? room : wish.Aside > 0 ? Apart(room, wish.Aside) : room with { UsedDedicatedCpus = exclusive.Intersect(cpus) };
        return Filled(asked, host, cell, others, wish);
    }

    // CPUs that are set aside beside shared vCPUs are shared no more by that guest cell; those that cannot be shared come first.
    private static CellRoom Apart(CellRoom room, int count)
    {
        var (supply, aside) = (new CellSupply(room), CpuSet.Empty);
        while (aside.Count < count
            && (PinChoice.Leftover(supply, aside.Union(room.SharedCpus!)) is >= 0 and var lone ? lone : PinChoice.Leftover(supply, aside)) is >= 0 and var cpu)
        {
            aside = aside.Union(CpuSet.Single(cpu));
        }

        return room with { DedicatedCpus = aside, UsedDedicatedCpus = CpuSet.Empty };
    }

    private static CellRoom Filled(CellRoom room, FitHost host, Cell cell, List<GuestIndex> others, GuestWish wish)
    {
        var sample = host.Memory?.Cells.FirstOrDefault(one => one.Id == cell.Id);
        var pages = Pages(host.Topology!, cell, sample, others);
        var all = cell.MemoryKiB ?? sample?.TotalKiB;
        if (wish.CountsPages)
        {
            return room with { MemoryKiB = all ?? (pages is null ? null : PoolsKiB(cell)), MemoryUsedKiB = 0, Pages = pages };
        }

        (long? Total, long? Used) left = all is { } known ? Memory(cell, known, sample, others, wish.Limits ?? new FitLimits(), MemoryRatio(wish)) : (null, null);
        return room with { MemoryKiB = left.Total, MemoryUsedKiB = left.Used, Pages = pages };
    }

    /// <summary>The CPUs of a cell that are online; null = not known.</summary>
    public static CpuSet? Online(HostTopology topology, Cell cell) =>
        cell.OnlineCpus ?? (topology.Cpus.Online is { } online ? cell.Cpus?.Intersect(online) : cell.Cpus);

    /// <summary>Those of them that guests may have.</summary>
    public static CpuSet Usable(HostTopology topology, Cell cell)
    {
        var cpus = Online(topology, cell) ?? CpuSet.Empty;
        return topology.Cpus.Allowed is { } allowed ? cpus.Intersect(allowed) : cpus;
    }

    /// <summary>Whether a cell is used that nobody names.</summary>
    public static bool IsPlaceable(HostTopology topology, Cell cell) =>
        (cell.Tier is null || cell.Tier == topology.Cells!.Min(one => one.Tier)) && !Usable(topology, cell).IsEmpty;

    /// <summary>The memory of a cell that its pools hold, KiB.</summary>
    public static long PoolsKiB(Cell cell) => (cell.Pages ?? []).Sum(pool => (pool.Total ?? 0) * pool.SizeKiB);

    // As much as is free now, and no more than may still be promised. Where memory may be promised several times, what is promised to guests that do
    // not run is free until they do.
    private static (long Total, long Used) Memory(Cell cell, long all, CellMemory? sample, List<GuestIndex> others, FitLimits limits, double ratio)
    {
        var total = Math.Max(0, all - PoolsKiB(cell) - limits.ReserveKiB);
        var promised = others.Sum(index => limits.GuestOverheadKiB + Promised(index, cell.Id));
        var free = Math.Clamp((sample?.FreeKiB is { } now ? now - limits.ReserveKiB : total) - (ratio > 1 ? 0 : Outstanding(others, cell.Id)), 0, total);
        return (total, Math.Max(promised, (long)(total * ratio) - free) + limits.GuestOverheadKiB);
    }

    /// <summary>What of a cell's free memory is promised, KiB: who does not run has nothing of his yet.</summary>
    public static long Outstanding(IEnumerable<GuestIndex> others, int cell) =>
        others.Where(index => index.Guest.Layer != PinLayer.Live).Sum(index => Promised(index, cell));

    private static long Promised(GuestIndex index, int cell) =>
        index.Claims.Where(claim => claim.PageKiB is null && claim.Cells?.Contains(cell) == true).Sum(claim => claim.In(cell));

    private static List<PageRoom>? Pages(HostTopology topology, Cell cell, CellMemory? sample, List<GuestIndex> others) =>
        cell.Pages is { } pools ? [.. pools.Where(pool => pool.Total > 0).Select(pool => Room(pool, topology, cell, sample, others))] : null;

    // Who does not run has none of his pages yet; who runs has them, whether a sample shows it or not.
    private static PageRoom Room(PagePool pool, HostTopology topology, Cell cell, CellMemory? sample, List<GuestIndex> others)
    {
        var (held, promised) = (0L, 0L);
        foreach (var index in others)
        {
            var pages = index.Claims
                .Where(claim => claim.Cells?.Contains(cell.Id) == true && BoundMemory.Page(claim, TopologyIndex.Of(topology)) == pool.SizeKiB)
                .Sum(claim => (claim.In(cell.Id) + pool.SizeKiB - 1) / pool.SizeKiB);
            (held, promised) = index.Guest.Layer == PinLayer.Live ? (held + pages, promised) : (held, promised + pages);
        }

        long? used = sample?.Pages?.FirstOrDefault(one => one.SizeKiB == pool.SizeKiB)?.Free is { } free ? Math.Max(held, Math.Max(0, pool.Total!.Value - free)) : null;
        var kept = promised + (used is null ? held : 0);
        return new PageRoom(pool.SizeKiB, pool.Total!.Value, used, kept > 0 ? kept : null);
    }

    private static CpuSet Union(IEnumerable<CpuSet> sets) => sets.Aggregate(CpuSet.Empty, (all, set) => all.Union(set));
}
