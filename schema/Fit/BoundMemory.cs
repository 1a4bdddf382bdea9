using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// What everybody is bound to the cells of a claim with, and what these can give, KiB: ordinary memory, or the pages of one size.
/// </summary>
internal static class BoundMemory
{
    /// <summary>What another guest takes of the cells that a claim is bound to: memory of the same kind that is bound to them and nowhere else.</summary>
    public static long Within(MemoryClaim claim, GuestIndex other, FitLimits limits, TopologyIndex? host)
    {
        var bound = 0L;
        foreach (var theirs in other.Claims)
        {
            if (claim.Cells is { } cells && theirs.Cells?.IsSubsetOf(cells) == true && Page(theirs, host) == Page(claim, host))
            {
                bound += Taken(theirs, limits, host);
            }
        }

        return bound;
    }

    /// <summary>What a claim takes itself: whole pages, or memory with the overhead of its guest.</summary>
    public static long Taken(MemoryClaim claim, FitLimits limits, TopologyIndex? host) =>
        Page(claim, host) is { } size ? (claim.KiB + size - 1) / size * size : claim.KiB + limits.GuestOverheadKiB;

    /// <summary>Whether what others are bound to the cells with leaves too little for the claim. Pages are promised once.</summary>
    public static bool IsTooMuch(long others, MemoryClaim claim, FitLimits limits, TopologyIndex host) =>
        others > 0 && claim.Cells is { } cells && Capacity(claim, limits, host, cells) is { } capacity
        && others + Taken(claim, limits, host) > (claim.PageKiB is null ? Math.Max(1, limits.MemoryAllocationRatio ?? 1) : 1) * capacity;

    /// <summary>The ordinary memory that guests can have of cells, total less page pools and reserve, or their pages; null where that is not known.</summary>
    public static long? Capacity(MemoryClaim claim, FitLimits limits, TopologyIndex host, CpuSet cells)
    {
        var sum = 0L;
        foreach (var id in cells.Members())
        {
            if ((Page(claim, host) is { } size ? Pool(host.Cell(id), size) : Ordinary(host, limits, id)) is not { } some)
            {
                return null;
            }

            sum += some;
        }

        return sum;
    }

    /// <summary>The size of its pages on the host, null = ordinary memory.</summary>
    public static long? Page(MemoryClaim claim, TopologyIndex? host) => claim.PageKiB == 0 ? host?.DefaultPageKiB ?? 0 : claim.PageKiB;

    private static long? Ordinary(TopologyIndex host, FitLimits limits, int id) =>
        host.OrdinaryKiB(id) is { } ordinary ? Math.Max(0, ordinary - limits.ReserveKiB) : null;

    private static long? Pool(Cell? cell, long size)
    {
        if (cell?.Pages is not { } pools)
        {
            return null;
        }

        var sum = 0L;
        foreach (var pool in pools)
        {
            sum += pool.SizeKiB == size ? (pool.Total ?? 0) * size : 0;
        }

        return sum;
    }
}
