using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>Reads the CPU masks of a host.</summary>
internal static class MaskReader
{
    private const string Cgroup = "sys/fs/cgroup";

    /// <summary>
    /// Reads them; <paramref name="folders"/> are the CPUs that have a folder, null where none could be listed.
    /// </summary>
    public static CpuMasks Read(SysReader reader, IReadOnlyList<int>? folders)
    {
        if (reader.Number($"{SysReader.Cpus}/kernel_max", 0, CpuSet.MaxId) is { } most)
        {
            reader.MaxCpu = (int)most;
        }

        return new CpuMasks(
            reader.CpuList($"{SysReader.Cpus}/possible"),
            reader.CpuList($"{SysReader.Cpus}/present"),
            reader.CpuList($"{SysReader.Cpus}/online") ?? OnlineByFolder(reader, folders),
            reader.CpuList($"{SysReader.Cpus}/isolated"),
            reader.CpuList($"{SysReader.Cpus}/nohz_full"),
            Allowed(reader));
    }

    // Kernels before 2.6.26 have no mask: a CPU is online unless its own file says 0; one that cannot go offline has no
    // file.
    private static CpuSet? OnlineByFolder(SysReader reader, IReadOnlyList<int>? folders) =>
        folders is null or { Count: 0 }
            ? null
            : CpuSet.Of(folders.Where(id => reader.Number($"{SysReader.Cpus}/cpu{id}/online", 0, 1) is not 0));

    /// <summary>
    /// The CPUs that guests may use: what the slice of virtual machines has, else the cpuset of the process that
    /// looked, else what it or init may run on. A service is often kept away from the CPUs of guests, so its slice says
    /// nothing.
    /// </summary>
    private static CpuSet? Allowed(SysReader reader) =>
        Cpuset(reader, "/machine.slice")
        ?? Cpuset(reader, "/machine")
        ?? (OwnCpuset(reader) is { } own ? Cpuset(reader, own) : null)
        ?? StatusList(reader, "proc/1/status")
        ?? StatusList(reader, "proc/self/status");

    private static CpuSet? Cpuset(SysReader reader, string group)
    {
        var path = group == "/" ? "" : group;
        var cpus = reader.CpuList($"{Cgroup}{path}/cpuset.cpus.effective")
            ?? reader.CpuList($"{Cgroup}/cpuset{path}/cpuset.effective_cpus")
            ?? reader.CpuList($"{Cgroup}/cpuset{path}/cpuset.cpus")
            ?? reader.CpuList($"dev/cpuset{path}/cpus");

        // A group that nobody configured has an empty list, which is no rule.
        return cpus is { IsEmpty: false } ? cpus : null;
    }

    private static string? OwnCpuset(SysReader reader)
    {
        if (reader.Folder(Cgroup) is null && reader.Folder("dev/cpuset") is null)
        {
            return null;
        }

        var own = reader.Word("proc/self/cpuset");
        var isService = own is null || own.EndsWith(".slice", StringComparison.Ordinal)
            || own.Contains(".slice/", StringComparison.Ordinal) || own.EndsWith(".scope", StringComparison.Ordinal);
        return isService || own!.Contains("..", StringComparison.Ordinal) ? "/" : own;
    }

    private static CpuSet? StatusList(SysReader reader, string path)
    {
        const string field = "Cpus_allowed_list:";
        var line = 0;
        foreach (var text in (reader.Text(path) ?? "").AsSpan().EnumerateLines())
        {
            line++;
            if (text.StartsWith(field))
            {
                if (CpuSet.TryParse(text[field.Length..].Trim(), out var set) && set.Last <= reader.MaxCpu)
                {
                    return set;
                }

                reader.Problem(path, $"'{SysReader.Short(text.ToString())}' is not a CPU list", line);
            }
        }

        return null;
    }
}
