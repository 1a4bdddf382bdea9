using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>Whether the huge pages that back a guest are there: hugepages.</summary>
internal static class PageFindings
{
    public static void Find(FitCase fit)
    {
        foreach (var claim in fit.Pins.Claims)
        {
            if (claim.PageKiB is { } size)
            {
                Judge(fit, claim, size == 0 ? fit.Host.DefaultPageKiB : size);
            }
        }
    }

    private static void Judge(FitCase fit, MemoryClaim claim, long size)
    {
        var cells = ((IEnumerable<int>?)claim.Cells?.Members() ?? (fit.Host.Topology.Cells ?? []).Select(cell => cell.Id))
            .Select(fit.Host.Cell)
            .OfType<Cell>()
            .ToList();
        var place = claim.Cells is { } bound ? FitWords.Cells(bound) : "this host";
        var what = $"{FitWords.Size(size)} pages";
        if (claim.KiB % size != 0)
        {
            Broken(fit, claim, size, null, $"{FitWords.Size(claim.KiB)} is no whole number of {what}", "round its memory to whole pages");
        }

        if (cells.Count == 0)
        {
            return;
        }

        if (cells.Exists(cell => cell.Pages is null))
        {
            fit.Add(
                "hugepages", Verdict.Unknown, claim.Subject, FitWords.KiB(size), null,
                $"its memory is backed by {what}, but nothing tells the page pools of {place}");
            return;
        }

        var pools = cells.SelectMany(cell => cell.Pages!.Where(pool => pool.SizeKiB == size)).ToList();
        if (pools.Count == 0 || pools.TrueForAll(pool => pool.Total == 0))
        {
            Broken(fit, claim, size, 0, $"its memory is backed by {what}, but {place} has none", "set pages of that size aside");
            return;
        }

        Count(fit, claim, size, cells, pools, place, what);
    }

    private static void Count(
        FitCase fit, MemoryClaim claim, long size, List<Cell> cells, List<PagePool> pools, string place, string what)
    {
        var need = (claim.KiB + size - 1) / size;
        var total = pools.Sum(pool => pool.Total ?? 0);
        var samples = cells.Select(cell => fit.Question.Host.Memory?.Cells.FirstOrDefault(sample => sample.Id == cell.Id)?.Pages?
            .FirstOrDefault(pages => pages.SizeKiB == size)?.Free).ToList();
        var free = fit.HoldsMemory || samples.Contains(null) ? total : Math.Min(total, samples.Sum() ?? 0);
        if (need > free)
        {
            Broken(
                fit, claim, size, free, $"it needs {need} {what}, but {place} has {free} {(free < total ? $"free of {total}" : "in all")}",
                "set more pages aside, or stop a guest that holds them");
        }
        else if (!fit.HoldsMemory && samples.Contains(null))
        {
            fit.CouldNotCheck($"free {what} of {place}");
        }

        if (need <= total && claim.Cells is { } bound)
        {
            CommittedFindings.Find(fit, claim, bound, total * size);
        }
    }

    private static void Broken(FitCase fit, MemoryClaim claim, long size, long? free, string text, string repair) => fit.Add(
        "hugepages", Verdict.Broken, claim.Subject, $"{FitWords.KiB(claim.KiB)} in pages of {FitWords.KiB(size)}", free is null ? null : $"{free} pages", text, repair);
}
