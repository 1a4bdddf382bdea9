using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Whether the memory that is bound to cells is there: memory-capacity, memory-free, memory-tight. Cells of one binding
/// are added up: strict and restrictive fail beyond that, preferred and interleave spill, into what the whole host has. Memory that is bound to none may lie
/// in all: that a host has less in total is only said, since the kernel promises more than there is, unless it has to be there at the start.
/// </summary>
internal static class MemoryFindings
{
    public static void Find(FitCase fit)
    {
        foreach (var claim in fit.Pins.Claims)
        {
            // Memory in huge pages is not asked of the ordinary memory.
            if (claim.PageKiB is not null)
            {
                continue;
            }

            if (claim.Cells is not { } cells)
            {
                Anywhere(fit, claim);
            }
            else if (AreThere(fit, cells))
            {
                Judge(fit, claim, cells);
            }
        }
    }

    private static void Anywhere(FitCase fit, MemoryClaim claim)
    {
        var all = All(fit);
        if (fit.Host.Topology.Cells is null || BoundMemory.Capacity(claim, fit.Question.Limits, fit.Host, all) is not { } capacity || claim.KiB <= capacity)
        {
            Unbound(fit, claim, all);
            return;
        }

        var cannot = all.IsEmpty || AtStart(fit);
        fit.Add(
            "memory-capacity", cannot ? Verdict.Broken : Verdict.Info, claim.Subject, FitWords.KiB(claim.KiB), FitWords.KiB(capacity),
            $"it has {FitWords.Size(claim.KiB)}, bound to no cell; guests can have {FitWords.Size(capacity)} of this host at the most"
                + (cannot ? "; it cannot have its memory" : "; it starts, and may be killed once it uses it"),
            FitRepairs.Managed(fit.Guest) ?? "give it less memory, or another host");
        if (!cannot)
        {
            Unbound(fit, claim, all);
        }
    }

    private static void Unbound(FitCase fit, MemoryClaim claim, CpuSet all)
    {
        var need = claim.KiB + fit.Question.Limits.GuestOverheadKiB;
        if (fit.HoldsMemory || FreeIn(fit, all) is not var (free, reclaimable) || need <= free + reclaimable)
        {
            return;
        }

        var fails = AtStart(fit);
        fit.Add(
            "memory-free", fails ? Verdict.Broken : Verdict.Degraded, claim.Subject, FitWords.KiB(claim.KiB), FitWords.KiB(free + reclaimable),
            $"it has {FitWords.Size(claim.KiB)}, bound to no cell; of the whole host {FitWords.Size(free)} are free and {FitWords.Size(reclaimable)} could be freed;"
                + (fails ? " it is allocated at the start and fails" : " it starts, and may be killed once it uses it (oom-risk)"),
            FitRepairs.Managed(fit.Guest) ?? "free memory on the host, or start it on another", fit.Question.Evidence.Memory);
    }

    private static CpuSet All(FitCase fit) => CpuSet.Of((fit.Host.Topology.Cells ?? []).Select(cell => cell.Id));

    // Whatever spills from its cells has to lie somewhere.
    private static bool HasNoRoom(FitCase fit, MemoryClaim claim) =>
        claim.IsHard || (AtStart(fit) && BoundMemory.Capacity(claim, fit.Question.Limits, fit.Host, All(fit)) is { } whole && claim.KiB + fit.Question.Limits.GuestOverheadKiB > whole);

    private static bool AreThere(FitCase fit, CpuSet cells)
    {
        foreach (var id in cells.Members())
        {
            if (fit.Host.Cell(id) is null)
            {
                return false;
            }
        }

        return true;
    }

    private static void Judge(FitCase fit, MemoryClaim claim, CpuSet cells)
    {
        if (BoundMemory.Capacity(claim, fit.Question.Limits, fit.Host, cells) is not { } capacity)
        {
            if (claim.IsHard)
            {
                fit.Add(
                    "memory-capacity", Verdict.Unknown, claim.Subject, FitWords.KiB(claim.KiB), null,
                    $"{FitWords.Size(claim.KiB)} are bound to {FitWords.Cells(cells)}, but nothing tells how much memory there is");
            }

            return;
        }

        var overhead = fit.Question.Limits.GuestOverheadKiB;
        if (claim.KiB + overhead > capacity)
        {
            fit.Add(
                "memory-capacity", HasNoRoom(fit, claim) ? Verdict.Broken : Verdict.Degraded, claim.Subject, FitWords.KiB(claim.KiB), FitWords.KiB(capacity),
                $"{FitWords.Size(claim.KiB)} are bound to {FitWords.Cells(cells)}, where guests can have {FitWords.Size(capacity)} at the most"
                    + (HasNoRoom(fit, claim) ? "; the guest cannot have its memory" : "; the rest spills into other cells"),
                FitRepairs.Nodeset(fit, "CELLS"));
            return;
        }

        CommittedFindings.Find(fit, claim, cells, capacity);
        if (!fit.HoldsMemory)
        {
            Free(fit, claim, cells);
        }
    }

    private static void Free(FitCase fit, MemoryClaim claim, CpuSet cells)
    {
        if (FreeIn(fit, cells) is not var (free, reclaimable))
        {
            fit.CouldNotCheck($"free memory of {FitWords.Cells(cells)}");
            return;
        }

        var need = claim.KiB + fit.Question.Limits.GuestOverheadKiB;
        var proof = fit.Question.Evidence.Memory;
        if (need > free + reclaimable)
        {
            var atStart = AtStart(fit) && (claim.IsHard || (FreeIn(fit, All(fit)) is var (whole, more) && need > whole + more));
            fit.Add(
                "memory-free", atStart ? Verdict.Broken : Verdict.Degraded, claim.Subject, FitWords.KiB(claim.KiB), FitWords.KiB(free + reclaimable),
                $"{FitWords.Size(claim.KiB)} are bound to {FitWords.Cells(cells)}, where {FitWords.Size(free)} are free and {FitWords.Size(reclaimable)}"
                    + $" could be freed; {(atStart ? "it is allocated at the start and fails" : "it starts, and may be killed once it uses it (oom-risk)")}",
                FitRepairs.Managed(fit.Guest) ?? "free memory in the cell, or bind it elsewhere", proof);
        }
        else if (need > free)
        {
            fit.Add(
                "memory-tight", Verdict.Degraded, claim.Subject, FitWords.KiB(claim.KiB), FitWords.KiB(free),
                $"{FitWords.Size(claim.KiB)} are bound to {FitWords.Cells(cells)}, where only {FitWords.Size(free)} are free;"
                    + $" {FitWords.Size(reclaimable)} of file cache have to be freed for it",
                "drop file cache before the start" + (fit.Guest.ManagedBy is null ? ", or bind it elsewhere" : ""), proof);
        }
    }

    // Null: some cell does not say.
    private static (long Free, long Reclaimable)? FreeIn(FitCase fit, CpuSet cells)
    {
        var (free, reclaimable) = (0L, 0L);
        foreach (var id in cells.Members())
        {
            if (Sample(fit, id) is not { FreeKiB: { } sampled } sample)
            {
                return null;
            }

            free += sampled;
            reclaimable += sample.ReclaimableKiB ?? 0;
        }

        return cells.IsEmpty ? null : (free, reclaimable);
    }

    private static CellMemory? Sample(FitCase fit, int id)
    {
        var samples = fit.Question.Host.Memory?.Cells;
        for (var i = 0; i < samples?.Count; i++)
        {
            if (samples[i].Id == id)
            {
                return samples[i];
            }
        }

        return null;
    }

    /// <summary>Whether all memory has to be there at the start.</summary>
    public static bool AtStart(FitCase fit) =>
        fit.Guest.Backing is { Locked: true } or { Immediate: true } || fit.Guest.Confidential || fit.Guest.HostDevices.Count > 0
        || fit.Guest.Pages.Count > 0;
}
