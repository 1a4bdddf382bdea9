using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Journal;

/// <summary>What speaks against a pinning on a machine: CPUs and cells that it does not have, CPUs that it promises twice.</summary>
internal static class DecisionCheck
{
    /// <summary>Every CPU that the pinning names.</summary>
    public static CpuSet Cpus(GuestPins pins) =>
        Union(pins.Pins.Select(pin => pin.Cpus).Append(pins.Emulator).Append(pins.Reserved).Concat(pins.Iothreads.Select(thread => thread.Cpus)));

    /// <summary>The CPUs that nobody else may have: those of exclusive vCPUs, and those set aside.</summary>
    public static CpuSet Alone(GuestPins pins) =>
        Union([.. pins.Exclusive == true ? pins.Pins.Select(pin => pin.Cpus) : [], pins.Reserved]);

    /// <summary>Every thread of the cores that some of these CPUs are on, where the machine tells.</summary>
    public static CpuSet Cores(CpuSet cpus, HostTopology? topology) =>
        Union([cpus, .. (topology?.CpuInfo ?? []).Where(cpu => cpus.Contains(cpu.Id)).Select(cpu => cpu.Siblings)]);

    /// <summary>The other threads of the cores that the vCPUs want alone.</summary>
    public static CpuSet Isolated(GuestPins pins, HostTopology? topology) => pins.Smt != SmtPolicy.Isolate ? CpuSet.Empty
        : Cores(Union(pins.Pins.Select(pin => pin.Cpus)), topology).Except(Union(pins.Pins.Select(pin => pin.Cpus)));

    /// <summary>All reasons, none where the machine has what is named.</summary>
    public static IEnumerable<string> Against(GuestPins pins, string host, HostState state)
    {
        if (state.Topology is not { } topology)
        {
            yield return $"no topology of {host} is known at that moment, so nothing can be decided on it";
            yield break;
        }

        var cells = CpuSet.Of((topology.Cells ?? []).Select(cell => cell.Id));
        if (Existing(topology) is { } existing && Cpus(pins).Except(existing) is { IsEmpty: false } unknown)
        {
            yield return $"{host} has no CPU {unknown}; it has {existing}";
        }

        var bound = pins.GuestCells.Select(cell => cell.Cells).Append(pins.Memory?.Cells).OfType<CpuSet>()
            .Aggregate(CpuSet.Empty, (all, set) => all.Union(set));
        if (topology.Cells is not null && bound.Except(cells) is { IsEmpty: false } gone)
        {
            yield return $"{host} has no cell {gone}; it has {cells}";
        }

        // No other guest and no sample makes that right.
        var question = new FitQuestion(pins, new FitHost(host, topology), Situation.Start);
        foreach (var finding in FitCheck.Check(question).Findings.Where(finding => finding.Code == "self-overlap"))
        {
            yield return finding.Text;
        }
    }

    private static CpuSet Union(IEnumerable<CpuSet?> sets)
    {
        var cpus = new CpuSetBuilder();
        foreach (var set in sets)
        {
            cpus.AddAll(set ?? CpuSet.Empty);
        }

        return cpus.Build();
    }

    private static CpuSet? Existing(HostTopology topology) =>
        topology.Cpus is { Possible: { } possible, Present: { } present } ? possible.Intersect(present)
        : topology.Cpus.Present ?? topology.Cpus.Possible
            ?? topology.Cells?.Select(cell => cell.Cpus).OfType<CpuSet>().Aggregate(CpuSet.Empty, (all, set) => all.Union(set));
}
