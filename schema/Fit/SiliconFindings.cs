using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Same number, other silicon: cpu-remapped; and core types within one guest: core-type-mixed. Sets are compared over CPUs that are
/// online in both; what is not known on either side is no difference.
/// </summary>
internal static class SiliconFindings
{
    public static void Find(FitCase fit)
    {
        if (fit.Context is { } context && !fit.SameStructure)
        {
            Remapped(fit, context);
        }

        if (fit.Host.HasCoreTypes && fit.Pins.Active.Length > 1 && IsDedicated(fit))
        {
            Mixed(fit);
        }
    }

    private static void Remapped(FitCase fit, TopologyIndex context)
    {
        var both = Both(context.Online, fit.Host.Online);
        var others = fit.Host.ChangedSince(context, OtherThan);
        foreach (var pin in fit.Pins.Active)
        {
            if (!pin.Cpus!.Overlaps(others))
            {
                continue;
            }

            var cpus = pin.Cpus.Intersect(others);
            var changed = cpus.Members().Select(cpu => (Cpu: cpu, Differences: Differences(cpu, context, fit.Host, both))).ToList();
            fit.Add(
                "cpu-remapped",
                Verdict.Degraded,
                FitWords.Vcpu(pin.Vcpu),
                string.Join("; ", changed.Select(one => $"cpu {one.Cpu}: {string.Join(", ", one.Differences.Select(d => $"{d.What} {d.Was}"))}")),
                string.Join("; ", changed.Select(one => $"cpu {one.Cpu}: {string.Join(", ", one.Differences.Select(d => $"{d.What} {d.Now}"))}")),
                $"vCPU {pin.Vcpu} is pinned to {FitWords.Cpus(cpus)}, but the number now means another core: "
                    + string.Join(", ", changed[0].Differences.Select(d => $"{d.What} was {d.Was}, is {d.Now}"))
                    + (changed.Count > 1 ? $" (CPU {changed[0].Cpu}; others alike)" : ""),
                FitRepairs.Managed(fit.Guest) ?? "pin it again on this machine",
                fit.Question.Evidence.Structure);
        }
    }

    private static CpuSet OtherThan(TopologyIndex before, TopologyIndex now)
    {
        var both = Both(before.Online, now.Online);
        return CpuSet.Of(Enumerable.Range(0, now.Size).Where(cpu => Differences(cpu, before, now, both).Count > 0));
    }

    private static List<(string What, string Was, string Now)> Differences(
        int cpu, TopologyIndex before, TopologyIndex now, CpuSet? both)
    {
        var differences = new List<(string What, string Was, string Now)>();
        if (before.CellOf(cpu) is >= 0 and var oldCell && now.CellOf(cpu) is >= 0 and var newCell && oldCell != newCell
            && !now.LiesIn(cpu, CpuSet.Of(oldCell)))
        {
            differences.Add(("cell", $"{oldCell}", $"{newCell}"));
        }

        if (before.Info(cpu) is not { } was || now.Info(cpu) is not { } info)
        {
            return differences;
        }

        Add("socket", was.Socket, info.Socket);
        Add("die", was.Die, info.Die);
        Add("core", was.Core, info.Core);
        Add("siblings", Over(was.Siblings, both), Over(info.Siblings, both));
        Add("L3", Over(was.L3, both), Over(info.L3, both));
        Add("core type", was.CoreType, info.CoreType);
        Add("model", was.Model, info.Model);
        Add("APIC id", was.ApicId, info.ApicId);
        return differences;

        void Add(string what, object? left, object? right)
        {
            if (left is not null && right is not null && !left.Equals(right))
            {
                differences.Add((what, $"{left}", $"{right}"));
            }
        }
    }

    private static CpuSet? Over(CpuSet? set, CpuSet? online) => set is null || online is null ? set : set.Intersect(online);

    private static CpuSet? Both(CpuSet? left, CpuSet? right) => left is null ? right : right is null ? left : left.Intersect(right);

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
