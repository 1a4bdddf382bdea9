using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>
/// Which CPUs are of which type. x86: the counters of each type list their CPUs (sys/devices/cpu_core, cpu_atom,
/// cpu_lowpower). Elsewhere cpu_capacity: the most capable are performance, the least efficiency; all alike are no
/// types.
/// </summary>
internal sealed class CoreTypes
{
    private static readonly (string Folder, string Word)[] Folders =
    [
        ("cpu_core", "performance"), ("cpu_atom", "efficiency"), ("cpu_lowpower", "low-power"),
    ];

    private readonly SysReader _reader;
    private readonly List<(CpuSet Cpus, string Word)> _listed = [];
    private readonly Dictionary<int, long> _capacities = [];

    private CoreTypes(SysReader reader) => _reader = reader;

    public static CoreTypes Read(SysReader reader)
    {
        var types = new CoreTypes(reader);
        foreach (var (folder, word) in Folders)
        {
            if (reader.CpuList($"sys/devices/{folder}/cpus") is { } cpus)
            {
                types._listed.Add((cpus, word));
            }
        }

        return types;
    }

    public string? Of(int id, string folder)
    {
        if (_listed.Count == 0 && _reader.Number($"{folder}/cpu_capacity", 1, 1 << 20) is { } capacity)
        {
            _capacities[id] = capacity;
        }

        return _listed.FirstOrDefault(type => type.Cpus.Contains(id)).Word;
    }

    public IReadOnlyList<CpuInfo> Complete(List<CpuInfo> cpus)
    {
        var (least, most) = _capacities.Count == 0 ? (0, 0) : (_capacities.Values.Min(), _capacities.Values.Max());
        return least == most
            ? cpus
            : cpus.ConvertAll(cpu => _capacities.TryGetValue(cpu.Id, out var capacity)
                ? cpu with { CoreType = capacity == most ? "performance" : capacity == least ? "efficiency" : "middle" }
                : cpu);
    }
}
