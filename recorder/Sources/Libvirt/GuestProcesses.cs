using NumaHistory.Schema.Formats.Processes;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Libvirt;

/// <summary>
/// What the kernel of this machine says of its QEMU guests' processes, beside what libvirt says: where their emulator may run and in which
/// cells their memory lies, from its cgroup, or exactly from numa_maps, which costs the guest time. What cannot be read is not known;
/// nobody is asked for more rights.
/// </summary>
internal sealed class GuestProcesses(string root, bool exactly = false)
{
    // A share that comes and goes at the edge would be a change each time: in at a sixteenth, out below half of that.
    private const int Share = 16;

    /// <summary>Adds what is known to what libvirt said; gives the value of last time where nothing that matters moved.</summary>
    public EffectivePinning Read(string guest, EffectivePinning said, EffectivePinning? before)
    {
        if (guest.Contains('/') || Text($"run/libvirt/qemu/{guest}.pid")?.Trim() is not { Length: > 0 } pid || !pid.All(char.IsAsciiDigit))
        {
            return said is { Emulator: null, Memory: null } ? said : said with { Emulator = null, Memory = null, MemoryCells = null };
        }

        var emulator = Allowed(Text($"proc/{pid}/status"));
        var memory = exactly ? Exactly(Text($"proc/{pid}/numa_maps")) : Memory(Text($"proc/{pid}/cgroup") ?? "");
        var kept = before?.Memory is { } old && memory is not null && IsNear(old, memory) ? old : memory;
        var cells = kept is null ? null : ReferenceEquals(kept, before?.Memory) ? before!.MemoryCells : Cells(kept, before?.MemoryCells);
        return before is not null && said.Pins.SequenceEqual(before.Pins) && said.Iothreads.SequenceEqual(before.Iothreads)
            && Equals(emulator, before.Emulator) && ReferenceEquals(kept, before.Memory)
            ? before
            : said with { Emulator = emulator, Memory = kept, MemoryCells = cells };
    }

    private static CpuSet? Allowed(string? status)
    {
        const string Name = "Cpus_allowed_list:";
        var line = status?.Split('\n').FirstOrDefault(one => one.StartsWith(Name, StringComparison.Ordinal));
        return line is not null && CpuSet.TryParse(line[Name.Length..].Trim(), out var cpus) ? cpus : null;
    }

    private static IReadOnlyList<EffectiveMemory>? Exactly(string? maps) =>
        maps is null ? null : [.. NumaMaps.KiB(maps).Select(cell => new EffectiveMemory(cell.Key, cell.Value))];

    private IReadOnlyList<EffectiveMemory>? Memory(string cgroup)
    {
        var bytes = Second(cgroup) ?? First(cgroup);
        return bytes is null ? null : [.. bytes.Select(cell => new EffectiveMemory(cell.Key, cell.Value / 1024))];
    }

    // The threads of a guest are in groups below its own, which have no memory controller.
    private Dictionary<int, long>? Second(string cgroup) => Above(CgroupPaths.Of(cgroup, ""))
        .Select(path => With(NumaStatOf($"sys/fs/cgroup{path}/memory.numa_stat", NumaStat.Memory), $"sys/fs/cgroup{path}"))
        .FirstOrDefault(found => found is not null);

    private Dictionary<int, long>? First(string cgroup) => CgroupPaths.Of(cgroup, "memory") is not { Length: > 1 } path ? null
        : With(
            NumaStatOf($"sys/fs/cgroup/memory{path}/memory.numa_stat", NumaStat.Total)?
                .ToDictionary(cell => cell.Key, cell => cell.Value * Environment.SystemPageSize),
            CgroupPaths.Of(cgroup, "hugetlb") is { Length: > 1 } pages ? $"sys/fs/cgroup/hugetlb{pages}" : null);

    private Dictionary<int, long>? With(IReadOnlyDictionary<int, long>? memory, string? pages)
    {
        if (memory is null)
        {
            return null;
        }

        var sum = memory.ToDictionary();
        var folder = pages is null ? null : Path.Combine(root, pages);
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "hugetlb.*.numa_stat") : [])
        {
            foreach (var (cell, bytes) in NumaStatOf(Path.GetRelativePath(root, file), NumaStat.Total) ?? new Dictionary<int, long>())
            {
                sum[cell] = sum.GetValueOrDefault(cell) + bytes;
            }
        }

        return sum;
    }

    private static IEnumerable<string> Above(string? path)
    {
        while (path is { Length: > 1 })
        {
            yield return path;
            path = path[..Math.Max(0, path.LastIndexOf('/'))];
        }
    }

    private IReadOnlyDictionary<int, long>? NumaStatOf(string path, Func<string, IReadOnlyDictionary<int, long>> read) =>
        Text(path) is { } text && read(text) is { Count: > 0 } cells ? cells : null;

    private static bool IsNear(IReadOnlyList<EffectiveMemory> old, IReadOnlyList<EffectiveMemory> now)
    {
        var edge = Math.Max(1, now.Sum(cell => cell.KiB) / Share);
        return old.Count == now.Count && old.Zip(now).All(pair => pair.First.Cell == pair.Second.Cell && Math.Abs(pair.First.KiB - pair.Second.KiB) < edge);
    }

    private static CpuSet Cells(IReadOnlyList<EffectiveMemory> memory, CpuSet? before)
    {
        var all = memory.Sum(cell => cell.KiB);
        return CpuSet.Of(memory
            .Where(cell => cell.KiB > 0 && cell.KiB >= all / (before?.Contains(cell.Cell) == true ? 2 * Share : Share))
            .Select(cell => cell.Cell));
    }

    private string? Text(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, path.TrimStart('/')));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
