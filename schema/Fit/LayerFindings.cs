using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>Definitions of one guest that do not agree: layer-differs on its host, stale-definition elsewhere.</summary>
internal static class LayerFindings
{
    public static void Find(FitCase fit)
    {
        foreach (var host in fit.Question.DefinedElsewhere)
        {
            fit.Add(
                "stale-definition", Verdict.Info, $"host {host}", null, null,
                $"{host} still holds a definition of {fit.Guest.Guest}, which runs here: a start there would make a second one",
                FitRepairs.Managed(fit.Guest) ?? $"virsh undefine {FitRepairs.Name(fit.Guest)} on {host}, if it is not meant to come back",
                fit.Question.Evidence.Pinning);
        }

        if (fit.Question.OtherLayer is { } other && fit.Guest.Placement != "auto" && other.Placement != "auto")
        {
            Compare(fit, other);
        }

        if (fit.Question.Undone is { } decided)
        {
            UndoneFindings.Find(fit, decided);
        }
    }

    private static void Compare(FitCase fit, GuestPins other)
    {
        var (here, there) = (fit.Guest, other);
        if (!SamePins(here, there))
        {
            foreach (var vcpu in here.Pins.Concat(there.Pins).Select(pin => pin.Vcpu).Where(vcpu => vcpu < fit.Pins.Current).Distinct().Order())
            {
                Cpus(fit, other, FitWords.Vcpu(vcpu), $"vCPU {vcpu}", here.CpusOf(vcpu), there.CpusOf(vcpu), cpus => FitRepairs.Vcpu(fit, vcpu, cpus));
            }
        }

        Cpus(fit, other, "emulator", "the emulator", here.Emulator ?? here.Cpus, there.Emulator ?? there.Cpus, cpus => FitRepairs.Emulator(fit, cpus));
        foreach (var thread in here.Iothreads)
        {
            if (there.Iothreads.FirstOrDefault(one => one.Id == thread.Id) is { } same)
            {
                Cpus(
                    fit, other, $"iothread {thread.Id}", $"I/O thread {thread.Id}", thread.Cpus ?? here.Cpus, same.Cpus ?? there.Cpus,
                    cpus => FitRepairs.Iothread(fit, thread.Id, cpus));
            }
        }

        if (here.Memory?.Mode != there.Memory?.Mode || !Equals(here.Memory?.Cells, there.Memory?.Cells))
        {
            Add(fit, other, "memory", "its memory", Binding(here.Memory) ?? "anywhere", Binding(there.Memory) ?? "anywhere", null);
        }

        foreach (var cell in here.GuestCells)
        {
            if (there.GuestCells.FirstOrDefault(one => one.Id == cell.Id) is { } same && !Equals(cell.Cells, same.Cells))
            {
                Add(
                    fit, other, FitWords.GuestCell(cell.Id), $"the memory of guest cell {cell.Id}", cell.Cells?.ToString() ?? "anywhere",
                    same.Cells?.ToString() ?? "anywhere", null);
            }
        }
    }

    // Most layers agree, vCPU by vCPU.
    private static bool SamePins(GuestPins here, GuestPins there)
    {
        if (here.Pins.Count != there.Pins.Count || !Equals(here.Cpus, there.Cpus))
        {
            return false;
        }

        for (var i = 0; i < here.Pins.Count; i++)
        {
            if (here.Pins[i].Vcpu != there.Pins[i].Vcpu || !Equals(here.Pins[i].Cpus, there.Pins[i].Cpus))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Binding(MemoryBinding? memory) => memory is null ? null : $"{memory.Mode.ToString().ToLowerInvariant()} {memory.Cells?.ToString() ?? "auto"}";

    private static void Cpus(FitCase fit, GuestPins other, string subject, string who, CpuSet? here, CpuSet? there, Func<string, string?> repair)
    {
        // A pin to every CPU there is says no more than none.
        var everything = fit.Host.Existing;
        var (left, right) = (Narrow(here, everything), Narrow(there, everything));
        if (!Equals(left, right))
        {
            Add(fit, other, subject, who, left?.ToString() ?? "all CPUs", right?.ToString() ?? "all CPUs", right is null || fit.Question.Undone is not null ? null : repair(right.ToString()));
        }
    }

    private static CpuSet? Narrow(CpuSet? cpus, CpuSet? everything) => cpus is null || everything?.IsSubsetOf(cpus) == true ? null : cpus;

    private static void Add(FitCase fit, GuestPins other, string subject, string who, string here, string there, string? repair)
    {
        var text = (fit.Situation, other.Layer) switch
        {
            (Situation.Running, _) => $"{who} runs on {here}, but the definition says {there}: the next start will take that",
            (Situation.Resume, _) => $"{who} will be resumed on {here}, but the definition says {there}",
            _ => $"{who} is defined on {here}, but a saved image will be resumed on {there} instead",
        };
        fit.Add("layer-differs", Verdict.Degraded, subject, here, there, text, repair, fit.Question.Evidence.Pinning);
    }
}
