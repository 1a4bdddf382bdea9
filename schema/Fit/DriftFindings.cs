using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>What the kernel really does against what the hypervisor was told: drift, cpuset-not-restored.</summary>
internal static class DriftFindings
{
    public static void Find(FitCase fit)
    {
        if (!fit.IsRunning || fit.Guest.Effective is not { } effective)
        {
            return;
        }

        foreach (var pin in effective.Pins)
        {
            if (pin.Cpus is { } cpus)
            {
                var told = fit.Guest.Pins.FirstOrDefault(one => one.Vcpu == pin.Vcpu)?.Cpus ?? fit.Guest.Cpus;
                Compare(fit, FitWords.Vcpu(pin.Vcpu), $"vCPU {pin.Vcpu}", told, cpus, cpu => FitRepairs.Vcpu(fit, pin.Vcpu, cpu));
            }
        }

        foreach (var thread in effective.Iothreads)
        {
            if (thread.Cpus is { } cpus)
            {
                var told = fit.Guest.Iothreads.FirstOrDefault(one => one.Id == thread.Id)?.Cpus ?? fit.Guest.Cpus;
                Compare(fit, $"iothread {thread.Id}", $"I/O thread {thread.Id}", told, cpus, cpu => FitRepairs.Iothread(fit, thread.Id, cpu));
            }
        }

        if (effective.Emulator is { } emulator && (fit.Guest.Emulator ?? fit.Guest.Cpus) is { } meant)
        {
            Compare(fit, "emulator", "the emulator", meant, emulator, cpu => FitRepairs.Emulator(fit, cpu));
        }

        Memory(fit, effective.MemoryCells);
    }

    private static void Compare(FitCase fit, string subject, string who, CpuSet? told, CpuSet effective, Func<string, string?> repair)
    {
        var expected = Usable(fit, told ?? fit.Host.Existing);
        var real = Usable(fit, effective);

        // With every CPU offline the kernel widens the set; cpu-offline says so. A thread that nobody pinned starts where the emulator is.
        if (expected is null || real is null || expected.IsEmpty || real.Equals(expected)
            || (told is null && fit.Guest.Emulator is { } emulator && real.Equals(Usable(fit, emulator))))
        {
            return;
        }

        var saved = told?.ToString() ?? "all";
        if (fit.Question.Host.Settings?.Cgroup == 1 && real.IsSubsetOf(expected) && !real.IsEmpty)
        {
            var kept = expected.Except(real);
            fit.Add(
                "cpuset-not-restored", Verdict.Degraded, subject, saved, real.ToString(),
                $"{FitWords.Cpus(kept)} {FitWords.Is(kept)} online, but {who} may not use {(kept.Count == 1 ? "it" : "them")}: "
                    + "the first cgroup version keeps a CPU out after it was offline",
                told is null ? "write the CPUs back into cpuset.cpus of the guest's cgroup" : repair(saved));
            return;
        }

        fit.Add(
            "drift", Verdict.Degraded, subject, saved, real.ToString(),
            $"{who} is meant to run on {(told is null ? "any CPU" : FitWords.Cpus(told))}, but may really run on {FitWords.Cpus(real)}: somebody changed it behind the hypervisor",
            told is null ? null : repair(saved), fit.Question.Evidence.Pinning);
    }

    private static CpuSet? Usable(FitCase fit, CpuSet? cpus)
    {
        var there = fit.Host.Online is { } online ? cpus?.Intersect(online) : cpus;
        return fit.Host.Topology.Cpus.Allowed is { } allowed ? there?.Intersect(allowed) : there;
    }

    // Restrictive and preferred memory goes where the kernel puts it; strict and interleaved memory has no business elsewhere.
    private static void Memory(FitCase fit, CpuSet? real)
    {
        if (real is null || fit.Guest.Memory is not { Mode: Pinning.MemoryMode.Strict or Pinning.MemoryMode.Interleave, Cells: { } bound })
        {
            return;
        }

        var meant = fit.Guest.GuestCells.Aggregate(bound, (all, cell) => all.Union(cell.Cells ?? CpuSet.Empty));
        if (real.Except(meant) is { IsEmpty: false } strays)
        {
            fit.Add(
                "drift", Verdict.Degraded, "memory", meant.ToString(), real.ToString(),
                $"the guest's memory is bound to {FitWords.Cells(meant)}, but a good part of it lies in {FitWords.Cells(strays)}",
                FitRepairs.Managed(fit.Guest) ?? "move it while it runs with migratepages, or start the guest again", fit.Question.Evidence.Pinning);
        }
    }
}
