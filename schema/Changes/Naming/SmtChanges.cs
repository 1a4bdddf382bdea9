using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Changes.Naming;

/// <summary>
/// SMT switched for the whole host: every core lost (or got back) the same threads and kept at least one. A boot may bring back, or leave out, a few CPUs
/// at that: their cores do not count. Anything less is CPUs going offline.
/// </summary>
internal static class SmtChanges
{
    public static IEnumerable<TopologyChange> Name(Differing differing)
    {
        var cpus = differing.Cpus;
        var left = cpus.Gone.Union(cpus.Offline);
        var joined = cpus.Added.Union(cpus.Online);
        if (IsFew(joined, left) && Threads(differing.Before, differing.After, left, joined) is var (many, few))
        {
            yield return new TopologyChange(
                ChangeNames.SmtChanged, "host", Text(many), $"{Text(few)}, cpu {left} off", Claim(differing, true));
        }
        else if (IsFew(left, joined) && Threads(differing.After, differing.Before, joined, left) is var (now, was))
        {
            yield return new TopologyChange(
                ChangeNames.SmtChanged, "host", Text(was), $"{Text(now)}, cpu {joined} on", Claim(differing, false));
        }
    }

    private static IReadOnlyList<TopologyPart> Claim(Differing differing, bool leaving)
    {
        var (gone, added, offline, online) = differing.Cpus;
        return
        [
            .. CpuConsequences.OfPresence(differing, leaving ? gone : added, leaving),
            .. CpuConsequences.OfPower(differing, leaving ? offline : online, leaving),
        ];
    }

    /// <summary>
    /// Threads per core with and without the CPUs that switch; null when switching SMT is not what happened.
    /// </summary>
    private static (int Many, int Few)? Threads(HostTopology with, HostTopology without, CpuSet switched, CpuSet strays)
    {
        var odd = (without.CpuInfo ?? []).Where(cpu => strays.Contains(cpu.Id)).Select(Core).ToHashSet();
        var wide = Cores(with, odd);
        var narrow = Cores(without, odd);
        if (wide is null || narrow is null || narrow.Count == 0)
        {
            return null;
        }

        var few = narrow.Values.Max(core => core.Count);
        var keepsCores = switched.Members().All(cpu =>
            wide.TryGetValue(cpu, out var core) ? !core.Except(switched).IsEmpty : !strays.IsEmpty);
        var even = narrow.All(cpu =>
            wide.TryGetValue(cpu.Key, out var core) && cpu.Value.Count == Math.Min(core.Count, few));
        var many = wide.Values.Max(core => core.Count);
        return keepsCores && even && many > few ? (many, few) : null;
    }

    private static bool IsFew(CpuSet strays, CpuSet switched) => !switched.IsEmpty && strays.Count * 4 <= switched.Count;

    private static (int?, int?, int?) Core(CpuInfo cpu) => (cpu.Socket, cpu.Die, cpu.Core);

    // The threads of each online CPU's core, odd ones left out; null when they are not known of every one.
    private static Dictionary<int, CpuSet>? Cores(HostTopology topology, HashSet<(int?, int?, int?)> odd)
    {
        if ((CpuTurnover.OnlineOf(topology) ?? CpuTurnover.InCells(topology)) is not { } online || topology.CpuInfo is not { } info)
        {
            return null;
        }

        var cores = info.Where(cpu => online.Contains(cpu.Id) && cpu.Siblings is not null)
            .DistinctBy(cpu => cpu.Id)
            .ToDictionary(cpu => cpu.Id, cpu => cpu.Siblings!.Intersect(online));
        return cores.Count != online.Count || cores.Count == 0 ? null
            : odd.Count == 0 ? cores
            : info.Where(cpu => !odd.Contains(Core(cpu))).Select(cpu => cpu.Id).Where(cores.ContainsKey).ToDictionary(cpu => cpu, cpu => cores[cpu]);
    }

    private static string Text(int threads) => threads == 1 ? "1 thread per core" : $"{threads} threads per core";
}
