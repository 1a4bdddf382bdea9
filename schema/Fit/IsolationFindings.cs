using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>Isolated CPUs: cpu-not-isolated, isolated-floating.</summary>
internal static class IsolationFindings
{
    public static void Find(FitCase fit)
    {
        if (fit.Host.Isolated is not { } isolated || !fit.Pins.IsPinned)
        {
            return;
        }

        if (!fit.SameCapacity && fit.Context?.Isolated is { } before)
        {
            Lost(fit, before, isolated);
        }

        if (!isolated.IsEmpty)
        {
            foreach (var pin in fit.Pins.Active.Where(pin => pin.Cpus!.Overlaps(isolated)))
            {
                Floating(fit, FitWords.Vcpu(pin.Vcpu), $"vCPU {pin.Vcpu}", pin.Cpus!, isolated);
            }

            Floating(fit, "emulator", "the emulator", fit.Guest.Emulator ?? CpuSet.Empty, isolated);
        }
    }

    private static void Lost(FitCase fit, CpuSet before, CpuSet now)
    {
        foreach (var pin in fit.Pins.Active)
        {
            var lost = pin.Cpus!.Intersect(before).Except(now);
            if (!lost.IsEmpty)
            {
                fit.Add(
                    "cpu-not-isolated", Verdict.Degraded, FitWords.Vcpu(pin.Vcpu), lost.ToString(), "",
                    $"vCPU {pin.Vcpu} was pinned to {FitWords.Cpus(lost)} when {(lost.Count == 1 ? "it was" : "they were")} isolated;"
                        + " the kernel now runs other work there too",
                    $"boot with isolcpus={lost}" + (fit.Guest.ManagedBy is null ? ", or pin it to CPUs that are isolated" : ""));
            }
        }
    }

    private static void Floating(FitCase fit, string subject, string who, CpuSet cpus, CpuSet isolated)
    {
        var several = cpus.Intersect(isolated);
        if (several.Count > 1)
        {
            fit.Add(
                "isolated-floating", Verdict.Degraded, subject, cpus.ToString(), several.ToString(),
                $"{who} may run on the isolated {FitWords.Cpus(several)}, but the kernel does not balance isolated CPUs: it stays on the first",
                FitRepairs.Managed(fit.Guest) ?? "pin it to one of them");
        }
    }
}
