using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Checks socket numbers against the sets of CPUs that share one. Some firmware numbers sockets within a board only
/// (s390 books, old Itanium), so that several have the same number; such a number says nothing and is dropped.
/// </summary>
internal sealed class Sockets(SysReader reader)
{
    private readonly Dictionary<int, CpuSet> _cpus = [];
    private readonly HashSet<int> _ambiguous = [];

    /// <summary>Notes the socket number of a CPU; the set is read once a socket, not once a CPU.</summary>
    public void Note(int cpu, int socket, string topology)
    {
        if (_ambiguous.Contains(socket) || (_cpus.TryGetValue(socket, out var known) && known.Contains(cpu)))
        {
            return;
        }

        var set = reader.CpuMask($"{topology}/core_siblings")
            ?? reader.CpuMask($"{topology}/package_cpus")
            ?? reader.CpuList($"{topology}/core_siblings_list")
            ?? reader.CpuList($"{topology}/package_cpus_list");
        if (set is null || !set.Contains(cpu))
        {
            return;
        }

        if (_cpus.TryAdd(socket, set))
        {
            return;
        }

        _ambiguous.Add(socket);
        reader.Problem(
            $"{topology}/physical_package_id",
            $"says socket {socket}, as CPU {_cpus[socket].First} does, but they share none; the number is not used",
            1);
    }

    /// <summary>The CPUs without the socket numbers that are none.</summary>
    public List<CpuInfo> Complete(List<CpuInfo> cpus) => _ambiguous.Count == 0
        ? cpus
        : cpus.ConvertAll(
            cpu => cpu.Socket is { } socket && _ambiguous.Contains(socket) ? cpu with { Socket = null } : cpu);
}
