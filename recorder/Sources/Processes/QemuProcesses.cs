using System.Globalization;
using System.IO.Enumeration;
using NumaHistory.Schema.Formats.Processes;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Sources.Processes;

/// <summary>
/// Running QEMU processes that libvirt does not list, as guests, from the files of /proc below a root. Of other programs only the name is
/// read. A process or thread that ends while it is looked at is left out.
/// </summary>
internal sealed class QemuProcesses(string root)
{
    private readonly OtherPrograms _others = new();

    /// <summary>
    /// The guests whose CPUs or memory are restricted; online and cells are what the host has, null = not known. Anew = ask every process for its name
    /// again, not only those that are new.
    /// </summary>
    public IReadOnlyList<GuestPins> Read(CpuSet? online, CpuSet? cells, bool anew = true)
    {
        var pids = _others.LeaveOut(Numbers("proc"), pid => Text($"proc/{pid}/comm"), anew);
        var libvirts = pids.Count == 0 ? [] : PidsOfLibvirt();
        return
        [
            .. pids.Where(pid => !libvirts.Contains(pid))
                .Select(pid => Guest(pid, online, cells))
                .OfType<GuestPins>()
                .OrderBy(guest => guest.Guest, StringComparer.Ordinal),
        ];
    }

    private GuestPins? Guest(int pid, CpuSet? online, CpuSet? cells)
    {
        if (Text($"proc/{pid}/cmdline") is not { Length: > 0 } words || Text($"proc/{pid}/status") is not { } text)
        {
            return null;
        }

        var cgroup = Text($"proc/{pid}/cgroup") ?? "";
        if (cgroup.Contains("machine-qemu", StringComparison.Ordinal))
        {
            // libvirt's own, whose pid file this user may not see.
            return null;
        }

        var line = QemuCommandLine.Parse(words);
        var main = ProcessStatus.Parse(text);
        var vcpus = Vcpus(pid);
        var isFree = IsAll(main.Cpus, online) && IsAll(main.Cells, cells) && vcpus.TrueForAll(vcpu => IsAll(vcpu.Cpus, online));
        return isFree ? null : new GuestPins(
            line.Name ?? line.Uuid ?? $"qemu-{line.Id ?? pid.ToString(CultureInfo.InvariantCulture)}",
            line.Uuid,
            "running",
            PinLayer.Live,
            ProcessManager.Of(cgroup, words) ?? "process",
            Vcpus: vcpus.Count > 0 ? new GuestVcpus(vcpus.Count, vcpus.Count) : null,
            MemoryKiB: line.MemoryKiB,
            Cpus: IsAll(main.Cpus, online) ? null : main.Cpus,
            Pins: [.. vcpus.Where(vcpu => !IsAll(vcpu.Cpus, online)).Select(vcpu => new VcpuPin(vcpu.Number, vcpu.Cpus))],
            Emulator: main.Cpus,
            Memory: IsAll(main.Cells, cells) ? null : new MemoryBinding(MemoryMode.Strict, main.Cells),
            Effective: new EffectivePinning([.. vcpus.Select(vcpu => new EffectivePin(vcpu.Number, vcpu.Cpus))], Emulator: main.Cpus));
    }

    private List<(int Number, CpuSet Cpus)> Vcpus(int pid)
    {
        var vcpus = new List<(int Number, CpuSet Cpus)>();
        foreach (var thread in Numbers($"proc/{pid}/task"))
        {
            var folder = $"proc/{pid}/task/{thread}";
            if (Text($"{folder}/comm") is { } comm && QemuThread.Vcpu(comm) is { } number
                && Text($"{folder}/status") is { } status && ProcessStatus.Parse(status).Cpus is { } cpus)
            {
                vcpus.Add((number, cpus));
            }
        }

        return [.. vcpus.DistinctBy(vcpu => vcpu.Number).OrderBy(vcpu => vcpu.Number)];
    }

    private static bool IsAll(CpuSet? set, CpuSet? all) => set is null || (all is not null && all.IsSubsetOf(set));

    private HashSet<int> PidsOfLibvirt()
    {
        var pids = new HashSet<int>();
        var folder = Path.Combine(root, "run/libvirt/qemu");
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.pid") : [])
        {
            if (int.TryParse(Text(Path.GetRelativePath(root, file))?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                pids.Add(pid);
            }
        }

        return pids;
    }

    private List<int> Numbers(string folder)
    {
        try
        {
            return
            [
                .. new FileSystemEnumerable<int>(Path.Combine(root, folder), (ref FileSystemEntry entry) => Number(entry.FileName))
                {
                    ShouldIncludePredicate = (ref FileSystemEntry entry) => Number(entry.FileName) > 0,
                }.Order(),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static int Number(ReadOnlySpan<char> name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private string? Text(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
