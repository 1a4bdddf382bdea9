using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// The CPUs of a node, which the kernel tells three times: cpumap, cpulist and the links nodeN/cpuM. The map is
/// believed, as hwloc, lscpu and libnuma do, and a disagreement is a problem. An offline CPU leaves map and list but
/// keeps its link.
/// </summary>
internal static class CellCpus
{
    public static CpuSet? Read(SysReader reader, string folder, IReadOnlyList<string> names, CpuSet? online)
    {
        var map = reader.CpuMask($"{folder}/cpumap");
        var list = reader.CpuList($"{folder}/cpulist");
        var links = Links(names);
        if (map is not null && list is not null && !map.Equals(list))
        {
            reader.Problem($"{folder}/cpulist", $"says {Show(list)}, but cpumap says {Show(map)}; cpumap is used", 1);
        }

        var cpus = map ?? list;
        if (cpus is null)
        {
            // Without a link there may be no CPU, or the recording left the links out.
            return links.IsEmpty ? null : online is null ? links : links.Intersect(online);
        }

        var linked = online is null ? links : links.Except(cpus).Intersect(online).Union(links.Intersect(cpus));
        if (!links.IsEmpty && !linked.Equals(cpus))
        {
            reader.Problem(
                folder, $"links to CPUs {Show(linked)}, but {(map is null ? "cpulist" : "cpumap")} says {Show(cpus)}");
        }

        return cpus;
    }

    private static CpuSet Links(IReadOnlyList<string> names)
    {
        var links = new CpuSetBuilder();
        foreach (var name in names)
        {
            if (SysReader.TryNumber(name, "cpu", out var id))
            {
                links.Add(id);
            }
        }

        return links.Build();
    }

    private static string Show(CpuSet set) => set.IsEmpty ? "none" : SysReader.Short(set.ToString());
}
