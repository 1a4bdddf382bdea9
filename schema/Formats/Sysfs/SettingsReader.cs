using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>Reads the settings of a host that explain changes.</summary>
internal static class SettingsReader
{
    private const string Dmi = "sys/class/dmi/id";

    public static HostSettings Read(SysReader reader, CpuInfoText? cpus) => new(
        Kernel(reader),
        reader.Word("proc/cmdline"),
        Bios(reader),
        cpus?.Microcode ?? reader.Word($"{SysReader.Cpus}/cpu0/microcode/version"),
        Cgroup(reader),
        reader.Word($"{SysReader.Cpus}/smt/control"),
        reader.Number("proc/sys/kernel/numa_balancing", 0, int.MaxValue) is { } balancing ? balancing != 0 : null,
        reader.Number("sys/kernel/mm/ksm/merge_across_nodes", 0, 1) is { } merge ? merge == 1 : null);

    /// <summary>The kernel release, from its own file or from "Linux version 6.1.0-18-amd64 (...) ...".</summary>
    public static string? Kernel(SysReader reader)
    {
        const string start = "Linux version ";
        var version = reader.Word("proc/sys/kernel/osrelease");
        if (version is null && reader.Word("proc/version") is { } text
            && text.StartsWith(start, StringComparison.Ordinal))
        {
            version = text[start.Length..].Split(' ')[0];
        }

        return version;
    }

    private static string? Bios(SysReader reader)
    {
        string?[] parts =
        [
            reader.Word($"{Dmi}/bios_vendor"), reader.Word($"{Dmi}/bios_version"), reader.Word($"{Dmi}/bios_date"),
        ];
        var bios = string.Join(' ', parts.OfType<string>());
        return bios.Length == 0 ? null : bios;
    }

    // A hybrid machine has version 1's controllers and mounts version 2 below them.
    private static int? Cgroup(SysReader reader)
    {
        var names = reader.Folder("sys/fs/cgroup");
        return names is null ? reader.Folder("dev/cpuset") is null ? null : 1
            : names.Contains("cgroup.controllers") ? 2
            : names.Contains("cpuset") || names.Contains("memory") || names.Contains("unified") ? 1
            : null;
    }
}
