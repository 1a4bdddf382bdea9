using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>A host's own map of CPU numbers: how many there are, and which of them are online.</summary>
internal sealed record CpuPresence(int Length, CpuSet Online)
{
    /// <summary>
    /// The topology with what the map knows. Of an offline CPU libvirt makes up socket 0, core 0 and itself as its
    /// only sibling: nothing but its number is taken. A map that is too short knows of nothing, which is a problem;
    /// the test driver's has nothing to do with its capabilities.
    /// </summary>
    public HostTopology Applied(HostTopology topology, string document, List<Problem> problems)
    {
        if (Of(topology) is { } cpus && cpus.Last >= Length)
        {
            problems.Add(new Problem(
                document,
                null,
                $"the last CPU is {cpus.Last}, but the CPU map has {Length} CPUs: which are online is not known"));
            return topology;
        }

        return HostTopology.Of(
            topology.Cpus with { Online = Online },
            topology.Cells?.Select(cell => cell with { OnlineCpus = cell.Cpus?.Intersect(Online) }),
            topology.CpuInfo?.Select(cpu => Online.Contains(cpu.Id) ? cpu : new CpuInfo(cpu.Id)));
    }

    /// <summary>Every CPU that a cell has; null where none is listed.</summary>
    public static CpuSet? Of(HostTopology topology)
    {
        var all = new CpuSetBuilder();
        foreach (var cell in topology.Cells ?? [])
        {
            all.AddAll(cell.Cpus ?? CpuSet.Empty);
        }

        return all.Build() is { IsEmpty: false } known ? known : null;
    }
}
