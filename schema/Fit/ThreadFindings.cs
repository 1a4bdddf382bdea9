using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>The threads beside the vCPUs: emulator, emulator-floating, iothread.</summary>
internal static class ThreadFindings
{
    public static void Find(FitCase fit)
    {
        if (fit.Guest.Emulator is { } emulator)
        {
            Judge(fit, "emulator", "emulator", "the emulator", emulator, () => FitRepairs.Emulator(fit, "CPULIST"));
        }
        else
        {
            Floating(fit, "emulator", "the emulator", fit.Guest.Effective?.Emulator, () => FitRepairs.Emulator(fit, "CPULIST"));
        }

        foreach (var thread in fit.Guest.Iothreads)
        {
            if (thread.Cpus is { } cpus)
            {
                Judge(fit, "iothread", $"iothread {thread.Id}", $"I/O thread {thread.Id}", cpus, () => FitRepairs.Iothread(fit, thread.Id, "CPULIST"));
            }
            else
            {
                Floating(
                    fit, $"iothread {thread.Id}", $"I/O thread {thread.Id}", fit.Guest.Effective?.Iothreads.FirstOrDefault(one => one.Id == thread.Id)?.Cpus,
                    () => FitRepairs.Iothread(fit, thread.Id, "CPULIST"));
            }
        }
    }

    private static void Judge(FitCase fit, string code, string subject, string who, CpuSet cpus, Func<string?> repair)
    {
        var usable = CpuSet.Of(cpus.Members().Where(fit.Host.IsUsable));
        if (usable.Count < cpus.Count)
        {
            fit.Add(
                code, usable.IsEmpty && !fit.IsRunning ? Verdict.Broken : Verdict.Degraded, subject, cpus.ToString(), usable.ToString(),
                $"{who} is pinned to {FitWords.Cpus(cpus)}, but {FitWords.Cpus(cpus.Except(usable))} {FitWords.Is(cpus.Except(usable))} not there or offline",
                repair());
        }

        if (fit.Host.Topology.Cpus.Allowed is { } allowed && !usable.IsSubsetOf(allowed))
        {
            fit.Add(
                code, Verdict.Degraded, subject, cpus.ToString(), usable.Intersect(allowed).ToString(),
                $"{who} is pinned to {FitWords.Cpus(cpus)}, but guests may not use {FitWords.Cpus(usable.Except(allowed))} here",
                repair(), basis: "the CPUs that the guests' slice of this host allows");
        }

        var own = fit.Pins.Dedicated.Union(fit.Host.Isolated?.Intersect(fit.Pins.Vcpus) ?? CpuSet.Empty).Intersect(fit.Pins.Vcpus)
            .Union(fit.Guest.Smt == SmtPolicy.Isolate ? fit.Pins.Alone(fit.Host).Except(fit.Guest.Reserved ?? CpuSet.Empty) : CpuSet.Empty);
        if (cpus.Overlaps(own))
        {
            fit.Add(
                code, Verdict.Degraded, subject, cpus.ToString(), cpus.Intersect(own).ToString(),
                $"{who} may run on {FitWords.Cpus(cpus.Intersect(own))}, which the guest's vCPUs are meant to have alone", repair());
        }

        Remote(fit, code, subject, who, usable, repair);
    }

    private static void Remote(FitCase fit, string code, string subject, string who, CpuSet usable, Func<string?> repair)
    {
        var home = fit.Host.CellsOf(fit.Pins.Vcpus);
        var cells = fit.Host.CellsOf(usable);
        if (!home.IsEmpty && !cells.IsEmpty && !cells.Overlaps(home))
        {
            fit.Add(
                code, Verdict.Degraded, subject, FitWords.Cells(home), FitWords.Cells(cells),
                $"{who} runs in {FitWords.Cells(cells)}, the guest's vCPUs in {FitWords.Cells(home)}: every request crosses between cells", repair(),
                fit.Question.Evidence.Structure);
        }
    }

    private static void Floating(FitCase fit, string subject, string who, CpuSet? real, Func<string?> repair)
    {
        var own = fit.Pins.Dedicated.Intersect(fit.Pins.Vcpus);
        var inherited = (fit.IsRunning ? real : null) ?? fit.Guest.Cpus;
        if (!own.IsEmpty && inherited?.Overlaps(own) != false)
        {
            fit.Add(
                "emulator-floating", Verdict.Degraded, subject, inherited?.ToString() ?? "all", own.ToString(),
                $"{who} has no pin and may run on {FitWords.Cpus(own)}, which the guest's vCPUs are meant to have alone",
                repair());
        }
    }
}
