using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// layer-differs: what somebody decided for this host and nobody did. What the decision does not name is free. A decision that does not fit on this host
/// is no reproach to what somebody pinned there instead since.
/// </summary>
internal static class UndoneFindings
{
    public static void Find(FitCase fit, UndoneDecision undone)
    {
        var before = fit.Findings.Count;
        Compare(fit, undone.Pins);
        if (fit.Findings.Count == before)
        {
            return;
        }

        var would = AsItWouldBe(fit.Question, undone) with { Host = fit.Question.Host with { Memory = null }, Evidence = fit.Question.Evidence with { Stale = null } };
        if (IsWrong(would with { Others = [] }))
        {
            fit.Excuse(before, finding => finding with
            {
                Verdict = undone.IsOvertaken ? Verdict.Info : finding.Verdict,
                Text = $"{finding.Text}, which does not fit on this host",
                Repair = "numa-recorder decide records what is meant now, release ends the decision; until then it holds what it names",
            });
        }
        else if (IsWrong(would))
        {
            // Whatever others do there may pass.
            fit.Excuse(before, finding => finding with { Repair = $"others are in the way of what was decided: numa-history fit {FitRepairs.Name(fit.Guest)} --repair looks for a place" });
        }
    }

    private static bool IsWrong(FitQuestion question) => FitCheck.Check(question).Verdict is Verdict.Broken or Verdict.Degraded;

    /// <summary>The question whether the guest would fit as it was decided.</summary>
    public static FitQuestion AsItWouldBe(FitQuestion question, UndoneDecision undone) => question with
    {
        Guest = AsDecided.Of(question.Guest, undone.Pins, question.Host.Topology) with { Effective = null },
        Context = new FitContext(undone.Topology),
        Undone = null,
        OtherLayer = null,
        Kept = null,
        DefinedElsewhere = [],
    };

    private static void Compare(FitCase fit, GuestPins decided)
    {
        var guest = fit.Guest;
        foreach (var pin in decided.Pins)
        {
            Cpus(fit, FitWords.Vcpu(pin.Vcpu), $"vCPU {pin.Vcpu}", guest.CpusOf(pin.Vcpu), pin.Cpus, cpus => FitRepairs.Vcpu(fit, pin.Vcpu, cpus));
        }

        Cpus(fit, "emulator", "the emulator", guest.Emulator ?? guest.Cpus, decided.Emulator, cpus => FitRepairs.Emulator(fit, cpus));
        foreach (var thread in decided.Iothreads)
        {
            if (guest.Iothreads.FirstOrDefault(one => one.Id == thread.Id) is { } same)
            {
                Cpus(
                    fit, $"iothread {thread.Id}", $"I/O thread {thread.Id}", same.Cpus ?? guest.Cpus, thread.Cpus,
                    cpus => FitRepairs.Iothread(fit, thread.Id, cpus));
            }
        }

        var bound = guest.BoundCells();
        if (decided.Memory?.Cells is { } cells && !cells.Equals(bound))
        {
            Add(fit, "memory", "its memory", "is bound to", Cells(bound), Cells(cells), FitRepairs.Nodeset(fit, cells.ToString()));
        }

        if (decided.Memory is { Mode: not MemoryMode.Strict and var mode } && mode != guest.Memory?.Mode)
        {
            Add(fit, "memory", "its memory", "is", guest.Memory?.Mode.ToString().ToLowerInvariant() ?? "bound to no cell", mode.ToString().ToLowerInvariant(), null);
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
        "layer-differs", Verdict.Degraded, subject, here, meant, $"{who} {verb} {here}, but {fit.Question.Undone!.By} decided {meant}", repair,
        fit.Question.Evidence.Pinning);
}
