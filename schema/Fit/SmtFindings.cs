using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>SMT siblings: smt-policy, smt-changed.</summary>
internal static class SmtFindings
{
    public static void Find(FitCase fit)
    {
        if (fit.Guest.Smt is SmtPolicy.Isolate or SmtPolicy.Require)
        {
            Policy(fit, fit.Guest.Smt.Value);
        }

        if (fit.Pins.IsPinned && fit.Context?.ThreadsPerCore is { } before && fit.Host.ThreadsPerCore is { } now && before != now)
        {
            fit.Add(
                "smt-changed", Verdict.Degraded, "host", $"{before} threads per core", $"{now} threads per core",
                $"this was pinned on cores with {before} thread{(before == 1 ? "" : "s")}, now a core has {now}"
                    + (now < before ? ": SMT was switched off" : ": SMT was switched on, so a sibling may take half of a pinned core"),
                "set SMT as it was" + (fit.Guest.ManagedBy is null ? ", or pin the guest again" : ""));
        }
    }

    private static void Policy(FitCase fit, SmtPolicy policy)
    {
        var odd = 0;
        foreach (var pin in fit.Pins.Active)
        {
            foreach (var cpu in pin.Cpus!.Members())
            {
                if (!fit.Host.IsUsable(cpu))
                {
                    Broken(fit, pin.Vcpu, cpu, policy, null, $"CPU {cpu} is not there or offline, so its core cannot be had");
                }
                else if (fit.Host.Info(cpu)?.Siblings is not { } siblings)
                {
                    fit.Add(
                        "smt-policy", Verdict.Unknown, FitWords.Vcpu(pin.Vcpu), Word(policy), null,
                        $"vCPU {pin.Vcpu} wants its core {Wish(policy)}, but nothing tells the siblings of CPU {cpu}");
                }
                else if (policy == SmtPolicy.Isolate)
                {
                    Isolate(fit, pin, cpu, siblings.Except(CpuSet.Of(cpu)));
                }
                else if (siblings.Count < 2 || (!fit.Pins.Vcpus.Overlaps(siblings.Except(CpuSet.Of(cpu))) && ++odd > fit.Pins.Active.Length % 2))
                {
                    Broken(fit, pin.Vcpu, cpu, policy, siblings, siblings.Count < 2
                        ? $"the core of CPU {cpu} has one thread only"
                        : $"no other vCPU of the guest is on the sibling of CPU {cpu} ({siblings})");
                }
            }
        }
    }

    private static void Isolate(FitCase fit, VcpuPin pin, int cpu, CpuSet others)
    {
        if (others.Overlaps(fit.Pins.Vcpus.Except(pin.Cpus!)))
        {
            Broken(fit, pin.Vcpu, cpu, SmtPolicy.Isolate, others, $"another vCPU of the same guest is on its sibling, CPU {others.Intersect(fit.Pins.Vcpus)}");
        }

        foreach (var other in fit.Question.Others)
        {
            if (!GuestIndex.Same(other, fit.Guest) && GuestIndex.Of(other).Everything.Overlaps(others))
            {
                Broken(
                    fit, pin.Vcpu, cpu, SmtPolicy.Isolate, others,
                    $"{other.Guest} is pinned to its sibling, CPU {others.Intersect(GuestIndex.Of(other).Everything)}");
            }
        }
    }

    private static void Broken(FitCase fit, int vcpu, int cpu, SmtPolicy policy, CpuSet? observed, string why) => fit.Add(
        "smt-policy", Verdict.Broken, FitWords.Vcpu(vcpu), $"{Word(policy)}: cpu {cpu}", observed?.ToString(),
        $"vCPU {vcpu} wants its core {Wish(policy)}, but {why}",
        FitRepairs.Managed(fit.Guest) ?? (policy == SmtPolicy.Isolate ? "free the sibling, or pin the vCPU to a core of its own" : "pin the vCPUs to pairs of siblings"));

    private static string Word(SmtPolicy policy) => policy == SmtPolicy.Isolate ? "isolate" : "require";

    private static string Wish(SmtPolicy policy) => policy == SmtPolicy.Isolate ? "for itself (isolate)" : "shared with another vCPU of the guest (require)";
}
