using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Whether cells can give what everybody is bound to them with, this guest included: memory-committed. Whoever is bound to more cells is counted where
/// all of them are asked. Pages that the guest has already nobody takes from it; it may not get them again.
/// </summary>
internal static class CommittedFindings
{
    public static void Find(FitCase fit, MemoryClaim claim, CpuSet cells, long capacity)
    {
        var limits = fit.Question.Limits;
        var others = 0L;
        foreach (var other in GuestIndex.Of(fit.Question.Others))
        {
            if (!GuestIndex.Same(other.Guest, fit.Guest))
            {
                others += BoundMemory.Within(claim, other, limits, fit.Host);
            }
        }

        if (!BoundMemory.IsTooMuch(others, claim, limits, fit.Host))
        {
            return;
        }

        var all = others + BoundMemory.Taken(claim, limits, fit.Host);
        var isHeld = claim.PageKiB is not null && fit.HoldsMemory;
        fit.Add(
            "memory-committed",
            MemoryFindings.AtStart(fit) && claim.IsHard && !isHeld ? Verdict.Broken : Verdict.Degraded,
            claim.Subject,
            FitWords.KiB(all),
            FitWords.KiB(capacity),
            BoundMemory.Page(claim, fit.Host) is { } size
                ? $"together with other guests {all / size} pages of {FitWords.Size(size)} are bound to {FitWords.Cells(cells)}, which has {capacity / size}"
                : $"together with other guests {FitWords.Size(all)} are bound to {FitWords.Cells(cells)}, which can give {FitWords.Size(capacity)}",
            FitRepairs.Nodeset(fit, "CELLS"),
            fit.Question.Evidence.Pinning);
    }
}
