using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// The topology of a host whose driver lists no cells (a test file, some others): with one node it is one cell with
/// all CPUs and the memory of the machine, as on a kernel without NUMA; with more nobody says which CPU is where.
/// </summary>
internal static class PlainHost
{
    /// <summary>Null where the driver does not say how many nodes, or says several.</summary>
    public static HostTopology? Read(HostConnection connection)
    {
        try
        {
            var info = connection.NodeInfo();
            return info is { Nodes: 1, MostCpus: > 0 and <= CpuSet.MaxId }
                ? HostTopology.Of(new CpuMasks(), [Whole((int)info.MostCpus, (long)info.MemoryKiB)])
                : null;
        }
        catch (LibvirtException)
        {
            return null;
        }
    }

    private static Cell Whole(int cpus, long memoryKiB) => new(0, CpuSet.Range(0, cpus - 1), MemoryKiB: memoryKiB);
}
