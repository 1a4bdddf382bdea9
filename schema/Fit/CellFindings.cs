using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>Whether what is meant to be local is: cell-gone, cell-renumbered, cell-split, vnuma-mismatch.</summary>
internal static class CellFindings
{
    public static void Find(FitCase fit, GuestPart[] parts)
    {
        if (fit.Host.Topology.Cells is null)
        {
            if (Array.Exists(parts, part => part.Bound is not null))
            {
                fit.Add(
                    "no-topology", Verdict.Unknown, "guest", null, null,
                    "nothing tells which cells this host has, so its memory binding cannot be judged", "record the host's topology first");
            }

            return;
        }

        Gone(fit, parts);
        if (fit.Context is { } context && !fit.SameStructure)
        {
            Renumbered(fit, parts, context);
        }

        foreach (var part in parts)
        {
            Split(fit, part);
        }

        Mismatch(fit, parts);
    }

    private static void Gone(FitCase fit, GuestPart[] parts)
    {
        foreach (var part in parts)
        {
            foreach (var id in (part.Bound ?? CpuSet.Empty).Members())
            {
                if (fit.Host.Cell(id) is null)
                {
                    fit.Add(
                        "cell-gone", Verdict.Broken, part.Subject, $"cell {id}", null,
                        $"the memory of {part.Name} is bound to cell {id}, which this host does not have",
                        FitRepairs.Nodeset(fit, "CELL"), fit.Question.Evidence.Structure);
                }
            }
        }
    }

    // By content: the CPUs a cell had are now those of a cell with another id.
    private static void Renumbered(FitCase fit, GuestPart[] parts, TopologyIndex context)
    {
        var saved = parts.Aggregate(CpuSet.Empty, (all, part) => all.Union(part.Bound ?? CpuSet.Empty));
        foreach (var was in context.Topology.Cells ?? [])
        {
            if (was.Cpus is not { IsEmpty: false } cpus || fit.Host.Cell(was.Id)?.Cpus?.Equals(cpus) == true)
            {
                continue;
            }

            var now = fit.Host.Topology.Cells!.FirstOrDefault(cell => cpus.Equals(cell.Cpus));
            if (now is null || now.Id == was.Id)
            {
                continue;
            }

            var isSaved = saved.Contains(was.Id);
            fit.Add(
                "cell-renumbered", isSaved ? Verdict.Degraded : Verdict.Info, FitWords.Cell(was.Id), $"cell {was.Id}", $"cell {now.Id}",
                isSaved
                    ? $"what was cell {was.Id} ({FitWords.Cpus(cpus)}) when this was pinned is cell {now.Id} now; the saved {was.Id} means another cell"
                    : $"what was cell {was.Id} is cell {now.Id} now; this guest did not name it",
                isSaved ? FitRepairs.Nodeset(fit, $"{now.Id}") : null,
                fit.Question.Evidence.Structure);
        }
    }

    private static void Split(FitCase fit, GuestPart part)
    {
        if (part.Cpus.IsEmpty)
        {
            return;
        }

        if (part.Bound is { } bound)
        {
            var strays = Strays(fit, part.Cpus, bound);
            if (!strays.IsEmpty)
            {
                fit.Add(
                    "cell-split", Verdict.Degraded, part.Subject, $"memory in {FitWords.Cells(bound)}", $"{FitWords.Cpus(strays)} in {FitWords.Cells(fit.Host.CellsOf(strays))}",
                    $"the memory of {part.Name} is bound to {FitWords.Cells(bound)}, but {FitWords.Cpus(strays)} {FitWords.Is(strays)} in"
                        + $" {FitWords.Cells(fit.Host.CellsOf(strays))}: memory access from there is remote",
                    FitRepairs.Managed(fit.Guest) ?? Together(fit, bound), fit.Question.Evidence.Structure);
            }
        }
        // Memory bound to all the cells that its CPUs lie in was spread on purpose.
        else if (fit.Host.CellsOf(part.Cpus) is { Count: > 1 } cells && !IsFaked(fit, part.Cpus))
        {
            fit.Add(
                "cell-split", Verdict.Degraded, part.Subject, part.Cpus.ToString(), FitWords.Cells(cells),
                $"the vCPUs of {part.Name} are pinned to CPUs in several cells ({cells}), so some of its memory is remote to some of them",
                FitRepairs.Managed(fit.Guest) ?? $"pin them within one cell, for example cell {Home(fit, part.Cpus)}", fit.Question.Evidence.Structure);
        }
    }

    private static CpuSet Strays(FitCase fit, CpuSet cpus, CpuSet bound)
    {
        CpuSetBuilder? strays = null;
        foreach (var cpu in cpus.Members())
        {
            if (fit.Host.CellOf(cpu) >= 0 && !fit.Host.LiesIn(cpu, bound))
            {
                (strays ??= new CpuSetBuilder()).Add(cpu);
            }
        }

        return strays?.Build() ?? CpuSet.Empty;
    }

    // Where cells are faked out of one, some cell may hold all the CPUs although the first of each differs.
    private static bool IsFaked(FitCase fit, CpuSet cpus) =>
        fit.Host.Topology.Cells!.Any(cell => cell.Cpus is { } all && cpus.IsSubsetOf(all));

    private static int Home(FitCase fit, CpuSet cpus) =>
        cpus.Members().Select(fit.Host.CellOf).Where(cell => cell >= 0).GroupBy(cell => cell).MaxBy(cell => cell.Count())!.Key;

    private static string Together(FitCase fit, CpuSet bound)
    {
        var cpus = bound.Members().Select(id => fit.Host.Cell(id)?.Cpus).OfType<CpuSet>().Aggregate(CpuSet.Empty, (all, cell) => all.Union(cell));
        return cpus.IsEmpty ? "bind the memory to the cells of its CPUs" : $"pin its vCPUs to {FitWords.Cpus(cpus)}, or bind the memory to the cells of its CPUs";
    }

    private static void Mismatch(FitCase fit, GuestPart[] parts)
    {
        if (parts.Length < 2)
        {
            return;
        }

        var homes = parts.Select(part => (Part: part, Cells: part.Cpus.IsEmpty ? part.Bound ?? CpuSet.Empty : fit.Host.CellsOf(part.Cpus)))
            .Where(home => home.Cells.Count == 1)
            .GroupBy(home => home.Cells.First)
            .Where(cell => cell.Count() > 1);
        foreach (var cell in homes)
        {
            fit.Add(
                "vnuma-mismatch", Verdict.Degraded, FitWords.Cell(cell.Key), string.Join(", ", cell.Select(home => home.Part.Name)), $"cell {cell.Key}",
                $"the guest believes that {string.Join(" and ", cell.Select(home => home.Part.Name))} are apart, but all of them lie in cell {cell.Key} of the host",
                FitRepairs.Managed(fit.Guest) ?? "give each guest cell a host cell of its own", fit.Question.Evidence.Structure);
        }
    }
}
