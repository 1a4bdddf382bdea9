using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>
/// Finds the CPUs that libvirt made up a place for: of an offline one it reads nothing and writes socket 0, core 0 and
/// itself as the only sibling, which is also what the first core of a machine without SMT looks like. Only what the
/// document itself contradicts is taken for made up.
/// </summary>
internal static class OfflineCpus
{
    public static CpuSet In(IEnumerable<Cell> cells, IReadOnlyCollection<CpuInfo> cpus, CpuSet cached)
    {
        var suspects = CpuSet.Of(cpus.Where(LooksMadeUp).Select(cpu => cpu.Id));
        if (suspects.IsEmpty)
        {
            return suspects;
        }

        var known = cpus.Where(cpu => cpu.Socket is not null && !suspects.Contains(cpu.Id)).ToDictionary(cpu => cpu.Id);
        var found = new CpuSetBuilder();
        if (known.Count > 0 && CpuSet.Of(known.Keys).IsSubsetOf(cached))
        {
            found.AddAll(suspects.Except(cached));
        }

        foreach (var cell in cells)
        {
            if (cell.Cpus?.Intersect(suspects) is { IsEmpty: false } here && Contradict(cell.Cpus.Except(here), known))
            {
                found.AddAll(here);
            }
        }

        return found.Build();
    }

    private static bool LooksMadeUp(CpuInfo cpu) =>
        cpu is { Socket: 0, Core: 0, Die: null or 0, Cluster: null or 0, Siblings.Count: 1 }
            && cpu.Siblings.Contains(cpu.Id);

    // The other CPUs of the cell are all on other sockets, or one of them shows the true threads of that core.
    private static bool Contradict(CpuSet others, Dictionary<int, CpuInfo> known)
    {
        var infos = others.Members().Select(id => known.GetValueOrDefault(id)).OfType<CpuInfo>().ToList();
        return infos.Count > 0
            && (infos.TrueForAll(cpu => cpu.Socket > 0)
                || infos.Exists(cpu => cpu is { Socket: 0, Die: 0, Core: 0, Siblings: not null }));
    }
}
