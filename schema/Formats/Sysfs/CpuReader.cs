using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>Reads the silicon of every CPU: cpuN/topology, cpuN/cache, core types, /proc/cpuinfo.</summary>
internal sealed class CpuReader(SysReader reader, CpuMasks masks, CpuInfoText? text)
{
    // What the kernel prints where the firmware gave no id; BAD_APICID as 16 or 32 bits for clusters and dies.
    private const int NoId16 = 65535;

    private readonly CoreTypes _types = CoreTypes.Read(reader);
    private readonly Sockets _sockets = new(reader);
    private string _cacheIndex = "index3";

    public IReadOnlyList<CpuInfo>? Read(IReadOnlyList<int>? folders)
    {
        if (folders is null && masks.Present is null)
        {
            return null;
        }

        var ids = CpuSet.Of(folders ?? []).Union(masks.Present ?? CpuSet.Empty);
        var known = CpuSet.Of(folders ?? []);
        var cpus = ids.Members().Select(id => known.Contains(id) ? Cpu(id) : new CpuInfo(id)).ToList();
        return _types.Complete(_sockets.Complete(cpus));
    }

    private CpuInfo Cpu(int id)
    {
        var folder = $"{SysReader.Cpus}/cpu{id}";
        if (masks.Online is { } online && !online.Contains(id))
        {
            return new CpuInfo(id);
        }

        var silicon = text?.Cpus.GetValueOrDefault(id);
        var socket = Id(folder, "physical_package_id");
        if (socket is { } number)
        {
            _sockets.Note(id, number, $"{folder}/topology");
        }

        return new CpuInfo(
            id,
            socket,
            Id(folder, "die_id", NoId16),
            Id(folder, "cluster_id", NoId16),
            Id(folder, "core_id"),
            Siblings(folder, id),
            Cache(folder, id),
            _types.Of(id, folder),
            silicon?.Model,
            silicon?.Stepping,
            silicon?.ApicId);
    }

    private int? Id(string folder, string name, int none = -1) =>
        reader.Number($"{folder}/topology/{name}", -1, uint.MaxValue) is { } id and >= 0 and <= int.MaxValue
            && id != none
            ? (int)id
            : null;

    private CpuSet? Siblings(string folder, int id)
    {
        var path = $"{folder}/topology";
        return Own(path, id, reader.CpuMask($"{path}/thread_siblings")
            ?? reader.CpuMask($"{path}/core_cpus")
            ?? reader.CpuList($"{path}/thread_siblings_list")
            ?? reader.CpuList($"{path}/core_cpus_list"));
    }

    private CpuSet? Cache(string folder, int id)
    {
        var index = Level(folder, _cacheIndex) == 3
            ? _cacheIndex
            : reader.Folder($"{folder}/cache")?.FirstOrDefault(name =>
                name != _cacheIndex && SysReader.TryNumber(name, "index", out _) && Level(folder, name) == 3);
        if (index is null)
        {
            return null;
        }

        // Where one CPU has its L3, the next most likely has it too.
        _cacheIndex = index;
        var path = $"{folder}/cache/{index}";
        return Own(path, id, reader.CpuMaskOrList($"{path}/shared_cpu_map", $"{path}/shared_cpu_list"));
    }

    private long? Level(string folder, string index) => reader.Number($"{folder}/cache/{index}/level", 0, 9);

    private CpuSet? Own(string path, int id, CpuSet? set)
    {
        if (set is null || set.Contains(id))
        {
            return set;
        }

        var shown = set.IsEmpty ? "no CPU" : $"CPUs {SysReader.Short(set.ToString())}";
        reader.Problem(
            path, $"shares with {shown}, which lacks CPU {id} itself", kind: "a CPU is not among its own siblings");
        return null;
    }
}
