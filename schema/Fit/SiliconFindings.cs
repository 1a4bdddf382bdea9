using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Same number, other silicon: cpu-remapped; and core types within one guest: core-type-mixed.
/// </summary>
internal static class SiliconFindings
{
    public static void Find(FitCase fit)
    {
        if (fit.Context is { } context && !fit.SameStructure)
        {
            Remapped(fit, context, null);
        }
        else if (fit.Context is null && fit.Question.Kept is { } kept)
        {
            Remapped(fit, TopologyIndex.Of(kept.Topology), kept.Vcpus);
        }

        if (fit.Host.HasCoreTypes && fit.Pins.Active.Length > 1 && IsDedicated(fit))
        {
            Mixed(fit);
        }
    }

    // Null: of all vCPUs.
    private static void Remapped(FitCase fit, TopologyIndex context, CpuSet? vcpus)
    {
        var others = fit.Host.ChangedSince(context);
        foreach (var pin in fit.Pins.Active)
        {
            if (!pin.Cpus!.Overlaps(others.Cpus) || vcpus?.Contains(pin.Vcpu) == false)
            {
                continue;
            }

            var cpus = pin.Cpus.Intersect(others.Cpus);
            List<ChangedCpus.ChangedCpu> changed = [.. cpus.Members().Select(others.Of)];
            fit.Add(
                "cpu-remapped",
                Verdict.Degraded,
                FitWords.Vcpu(pin.Vcpu),
                changed.Count == 1 ? changed[0].Was : string.Join("; ", changed.Select(one => one.Was)),
                changed.Count == 1 ? changed[0].Now : string.Join("; ", changed.Select(one => one.Now)),
                $"vCPU {pin.Vcpu} is pinned to {FitWords.Cpus(cpus)}, but the number now means another core: {changed[0].Words}"
                    + (changed.Count > 1 ? $" (CPU {changed[0].Cpu}; others alike)" : ""),
                FitRepairs.Managed(fit.Guest) ?? "pin it again on this machine",
                fit.Question.Evidence.Structure);
        }
    }

    private static bool IsDedicated(FitCase fit)
    {
        if (fit.Guest.Exclusive == true)
        {
            return true;
        }

        foreach (var pin in fit.Pins.Active)
        {
            if (pin.Cpus!.Count != 1)
            {
                return false;
            }
        }

        return true;
    }

    private static void Mixed(FitCase fit)
    {
        string? first = null;
        foreach (var pin in fit.Pins.Active)
        {
            foreach (var cpu in pin.Cpus!.Members())
            {
                var type = fit.Host.Info(cpu)?.CoreType;
                if (type is not null && first is not null && type != first)
                {
                    fit.Add(
                        "core-type-mixed", Verdict.Degraded, "guest", fit.Pins.Vcpus.ToString(), $"{first}, {type}",
                        $"its vCPUs lie on cores of different types ({first} and {type}); some of them are slower than the guest believes",
                        FitRepairs.Managed(fit.Guest) ?? $"pin all its vCPUs to {first} cores",
                        fit.Question.Evidence.Structure);
                    return;
                }

                first ??= type;
            }
        }
    }
}
