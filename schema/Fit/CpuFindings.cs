using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>Whether the pinned CPUs are there, online and allowed: cpu-gone, cpu-offline, cpu-not-allowed, pin-inactive.</summary>
internal static class CpuFindings
{
    public static void Find(FitCase fit)
    {
        if (!fit.Pins.IsPinned)
        {
            return;
        }

        if (fit.Host.Existing is null)
        {
            fit.Add(
                "no-topology", Verdict.Unknown, "guest", fit.Pins.Everything.ToString(), null,
                "nothing tells which CPUs this host has, so its pins cannot be judged", "record the host's topology first");
            return;
        }

        foreach (var pin in fit.Pins.Active)
        {
            if (!IsFine(fit.Host, pin.Cpus!))
            {
                Judge(fit, FitWords.Vcpu(pin.Vcpu), $"vCPU {pin.Vcpu}", pin.Cpus!, pin.Vcpu);
            }
        }

        if (fit.Pins.Inherits && !IsFine(fit.Host, fit.Guest.Cpus!))
        {
            Judge(fit, "guest", "the guest", fit.Guest.Cpus!, null);
        }

        foreach (var pin in fit.Pins.Inactive)
        {
            fit.Add(
                "pin-inactive", Verdict.Info, FitWords.Vcpu(pin.Vcpu), pin.Cpus!.ToString(), null,
                $"vCPU {pin.Vcpu} has a pin but is not online yet; its pin counts from the day it is");
        }

        if (fit.Host.Online is null)
        {
            fit.CouldNotCheck("which CPUs are online");
        }
    }

    private static bool IsFine(TopologyIndex host, CpuSet saved) =>
        saved.IsSubsetOf(host.Existing!) && (host.Online is null || saved.IsSubsetOf(host.Online))
        && (host.Topology.Cpus.Allowed is not { } allowed || saved.IsSubsetOf(allowed));

    private static void Judge(FitCase fit, string subject, string who, CpuSet saved, int? vcpu)
    {
        var host = fit.Host;
        var there = saved.Intersect(host.Existing!);
        var usable = host.Online is null ? there : there.Intersect(host.Online);
        if (saved.Except(there) is { IsEmpty: false } gone)
        {
            fit.Add(
                "cpu-gone", there.IsEmpty ? Verdict.Broken : Verdict.Degraded, subject, saved.ToString(), there.ToString(),
                $"{who} is pinned to {FitWords.Cpus(saved)}, but this host has no {FitWords.Cpus(gone)}"
                    + (there.IsEmpty ? "; it cannot run there" : $"; only {there} {(there.Count == 1 ? "is" : "are")} left"),
                vcpu is { } id ? FitRepairs.Vcpu(fit, id, there.IsEmpty ? "CPULIST" : there.ToString()) : FitRepairs.Inherited(fit, there.IsEmpty ? "CPULIST" : there.ToString()),
                fit.Question.Evidence.Structure);
        }

        if (there.Except(usable) is { IsEmpty: false } offline)
        {
            Offline(fit, subject, who, saved, usable, offline);
        }

        Allowed(fit, subject, who, saved, usable);
    }

    private static void Offline(FitCase fit, string subject, string who, CpuSet saved, CpuSet usable, CpuSet offline)
    {
        var consequence = (fit.IsRunning, usable.IsEmpty) switch
        {
            (true, true) => "it runs on all other CPUs instead, and will not start again",
            (true, false) => $"it runs on {usable} only",
            (false, true) => "it cannot start",
            (false, false) => $"it will run on {usable} only",
        };
        fit.Add(
            "cpu-offline",
            usable.IsEmpty && !fit.IsRunning ? Verdict.Broken : Verdict.Degraded,
            subject,
            saved.ToString(),
            usable.ToString(),
            $"{who} is pinned to {FitWords.Cpus(saved)}, but {FitWords.Cpus(offline)} {FitWords.Is(offline)} offline; {consequence}",
            FitRepairs.Online(offline.Count == 1 ? offline.ToString() : "N"));
    }

    private static void Allowed(FitCase fit, string subject, string who, CpuSet saved, CpuSet usable)
    {
        if (fit.Host.Topology.Cpus.Allowed is not { } allowed || usable.IsEmpty || usable.IsSubsetOf(allowed))
        {
            return;
        }

        var left = usable.Intersect(allowed);
        var isFirstVersion = fit.Question.Host.Settings?.Cgroup == 1;
        fit.Add(
            "cpu-not-allowed",
            isFirstVersion || left.IsEmpty ? Verdict.Broken : Verdict.Degraded,
            subject,
            saved.ToString(),
            left.ToString(),
            $"{who} is pinned to {FitWords.Cpus(saved)}, but guests may not use {FitWords.Cpus(usable.Except(allowed))} here"
                + (isFirstVersion ? "; the kernel refuses such a pin" : left.IsEmpty ? "; nothing is left" : $"; only {left} {FitWords.Is(left)} left"),
            "widen the allowed CPUs of the guests' slice" + (fit.Guest.ManagedBy is null ? ", or pin the guest elsewhere" : ""),
            basis: "the CPUs that the guests' slice of this host allows");
    }
}
