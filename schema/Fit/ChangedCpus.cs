using System.Collections.Concurrent;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// The CPUs whose numbers mean other silicon in one topology than in another, and what is different. Sets are compared over CPUs that are online in
/// both; what is not known on either side is no difference.
/// </summary>
internal sealed class ChangedCpus
{
    private readonly TopologyIndex _before;
    private readonly TopologyIndex _now;
    private readonly CpuSet? _both;
    private readonly ConcurrentDictionary<int, ChangedCpu> _told = [];

    public ChangedCpus(TopologyIndex before, TopologyIndex now)
    {
        (_before, _now) = (before, now);
        _both = before.Online is null ? now.Online : now.Online is null ? before.Online : before.Online.Intersect(now.Online);
        Cpus = CpuSet.Of(Enumerable.Range(0, now.Size).Where(cpu => Differences(cpu).Count > 0));
    }

    public CpuSet Cpus { get; }

    /// <summary>One of them in words, made when somebody asks.</summary>
    public ChangedCpu Of(int cpu) => _told.GetOrAdd(cpu, Tell);

    private ChangedCpu Tell(int cpu)
    {
        var differences = Differences(cpu);
        return new ChangedCpu(
            cpu,
            $"cpu {cpu}: {string.Join(", ", differences.Select(d => $"{d.What} {d.Was}"))}",
            $"cpu {cpu}: {string.Join(", ", differences.Select(d => $"{d.What} {d.Now}"))}",
            string.Join(", ", differences.Select(d => $"{d.What} was {d.Was}, is {d.Now}")));
    }

    private List<(string What, string Was, string Now)> Differences(int cpu)
    {
        var differences = new List<(string What, string Was, string Now)>();
        if (_before.CellOf(cpu) is >= 0 and var oldCell && _now.CellOf(cpu) is >= 0 and var newCell && oldCell != newCell
            && !_now.LiesIn(cpu, CpuSet.Single(oldCell)))
        {
            differences.Add(("cell", $"{oldCell}", $"{newCell}"));
        }

        if (_before.Info(cpu) is not { } was || _now.Info(cpu) is not { } info)
        {
            return differences;
        }

        Add("socket", was.Socket, info.Socket);
        Add("die", was.Die, info.Die);
        Add("core", was.Core, info.Core);
        Add("siblings", Over(was.Siblings), Over(info.Siblings));
        Add("L3", Over(was.L3), Over(info.L3));
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

    private CpuSet? Over(CpuSet? set) => set is null || _both is null ? set : set.Intersect(_both);

    /// <summary>What a number meant and means: <c>cpu 5: core 1</c>, <c>cpu 5: core 2</c>, <c>core was 1, is 2</c>.</summary>
    internal sealed record ChangedCpu(int Cpu, string Was, string Now, string Words);
}
