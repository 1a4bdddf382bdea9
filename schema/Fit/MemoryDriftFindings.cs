using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Whether a cell the guest uses has become smaller, slower or larger since it was pinned: memory-drift, memory-shrunk, memory-tier,
/// capacity-unused. How much of a difference is usual is learned from this host's own boots; it is never less than the smaller of 1 % of
/// the cell and 64 MiB, which is less than one memory block.
/// </summary>
internal static class MemoryDriftFindings
{
    public static void Find(FitCase fit)
    {
        if (fit.Context is { } context && !fit.SameCapacity)
        {
            foreach (var id in Used(fit).Members())
            {
                if (context.Cell(id)?.MemoryKiB is { } before && fit.Host.Cell(id)?.MemoryKiB is { } now && before != now)
                {
                    Drift(fit, id, before, now);
                }
            }
        }

        foreach (var claim in fit.Pins.Claims)
        {
            foreach (var id in (claim.Cells ?? CpuSet.Empty).Members())
            {
                if (fit.Host.Cell(id) is { } cell)
                {
                    Tier(fit, claim, cell);
                }
            }
        }
    }

    private static CpuSet Used(FitCase fit) => fit.Pins.Claims.Aggregate(
        fit.Host.CellsOf(fit.Pins.Vcpus), (all, claim) => claim.Cells is null ? all : all.Union(claim.Cells));

    private static void Drift(FitCase fit, int id, long before, long now)
    {
        var learned = fit.Question.Evidence.SettledKiB?.GetValueOrDefault(id) is { } settled ? UsualDrift.Of(settled) : null;
        var usual = Math.Max(learned?.KiB ?? 0, UsualDrift.Anywhere(before));
        var difference = Math.Abs(before - now);
        if (difference <= usual)
        {
            fit.Add(
                "memory-drift", Verdict.Info, FitWords.Cell(id), FitWords.KiB(before), FitWords.KiB(now),
                $"cell {id} has {FitWords.Size(now)} instead of {FitWords.Size(before)}: "
                    + (difference <= learned?.KiB ? $"usual for this host, seen {learned.Boots} times" : "as little as kernels differ from boot to boot"));
        }
        else if (now > before)
        {
            fit.Add(
                "capacity-unused", Verdict.Info, FitWords.Cell(id), FitWords.KiB(before), FitWords.KiB(now),
                $"cell {id} has grown from {FitWords.Size(before)} to {FitWords.Size(now)} since this was pinned");
        }
        else
        {
            fit.Add(
                "memory-shrunk", Verdict.Degraded, FitWords.Cell(id), FitWords.KiB(before), FitWords.KiB(now),
                $"cell {id} has {FitWords.Size(now)}, {FitWords.Size(before - now)} less than when this was pinned"
                    + (learned is not null ? $"; boots of this host differ by {FitWords.Size(learned.KiB)} at the most" : "; boots alone do not differ by so much"),
                "look for a lost DIMM or memory blocks that are offline");
        }
    }

    private static void Tier(FitCase fit, MemoryClaim claim, Cell cell)
    {
        var movable = cell.MovableKiB is > 0 && cell.MovableKiB >= cell.MemoryKiB;
        var pinned = fit.Guest.HostDevices.Count > 0 || fit.Guest.Confidential || claim.PageKiB == 1_048_576;
        if (movable)
        {
            fit.Add(
                "memory-tier", pinned ? Verdict.Broken : Verdict.Degraded, FitWords.Cell(cell.Id), claim.Subject, "movable only",
                $"all memory of cell {cell.Id} is movable: it may be taken offline"
                    + (pinned ? ", and memory that must stay (1 GiB pages, devices, confidential guests) is not given there" : ""),
                FitRepairs.Nodeset(fit, "CELL"));
        }
        else if (cell.Tier is { } tier && fit.Host.FastestTier is { } fastest && tier > fastest)
        {
            fit.Add(
                "memory-tier", Verdict.Degraded, FitWords.Cell(cell.Id), claim.Subject, $"tier {tier}",
                $"cell {cell.Id} is memory of tier {tier}, slower than the tier {fastest} of cells with CPUs",
                FitRepairs.Nodeset(fit, "CELL"));
        }
    }
}
