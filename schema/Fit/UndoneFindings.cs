using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>layer-differs: what somebody decided for this host and nobody did. What the decision does not name is free.</summary>
internal static class UndoneFindings
{
    public static void Find(FitCase fit, GuestPins decided)
    {
        var guest = fit.Guest;
        foreach (var pin in decided.Pins)
        {
            Cpus(fit, FitWords.Vcpu(pin.Vcpu), $"vCPU {pin.Vcpu}", LayerFindings.Pin(guest, pin.Vcpu), pin.Cpus, cpus => FitRepairs.Vcpu(fit, pin.Vcpu, cpus));
        }

        Cpus(fit, "emulator", "the emulator", guest.Emulator ?? guest.Cpus, decided.Emulator, cpus => FitRepairs.Emulator(fit, cpus));
        foreach (var thread in decided.Iothreads)
        {
            Cpus(
                fit, $"iothread {thread.Id}", $"I/O thread {thread.Id}", guest.Iothreads.FirstOrDefault(one => one.Id == thread.Id)?.Cpus ?? guest.Cpus,
                thread.Cpus, cpus => FitRepairs.Iothread(fit, thread.Id, cpus));
        }

        var bound = guest.Memory?.Cells ?? Union(guest.GuestCells);
        if (decided.Memory?.Cells is { } cells && !cells.Equals(bound))
        {
            Add(fit, "memory", "its memory", "is bound to", Cells(bound), Cells(cells), FitRepairs.Nodeset(fit, cells.ToString()));
        }

        foreach (var cell in decided.GuestCells)
        {
            var same = guest.GuestCells.FirstOrDefault(one => one.Id == cell.Id)?.Cells;
            if (cell.Cells is { } meant && !meant.Equals(same))
            {
                Add(fit, FitWords.GuestCell(cell.Id), $"the memory of guest cell {cell.Id}", "is bound to", Cells(same), Cells(meant), null);
            }
        }
    }

    private static CpuSet? Union(IReadOnlyList<GuestCell> cells) =>
        cells.Select(cell => cell.Cells).OfType<CpuSet>().Aggregate((CpuSet?)null, (all, one) => all?.Union(one) ?? one);

    private static string Cells(CpuSet? cells) => cells is null ? "no cell" : FitWords.Cells(cells);

    private static void Cpus(FitCase fit, string subject, string who, CpuSet? here, CpuSet? meant, Func<string, string?> repair)
    {
        if (meant is not null && !meant.Equals(here))
        {
            Add(fit, subject, who, Verb(fit), here?.ToString() ?? "all CPUs", meant.ToString(), repair(meant.ToString()));
        }
    }

    private static string Verb(FitCase fit) => fit.Situation switch
    {
        Situation.Running => "runs on",
        Situation.Resume => "will be resumed on",
        _ => "is defined on",
    };

    private static void Add(FitCase fit, string subject, string who, string verb, string here, string meant, string? repair) => fit.Add(
        "layer-differs", Verdict.Degraded, subject, here, meant, $"{who} {verb} {here}, but {fit.Question.DecidedBy ?? "somebody"} decided {meant}", repair,
        fit.Question.Evidence.Pinning);
}
