using System.Globalization;

namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>Reads which machine this is, and which boot of it.</summary>
internal static class IdentityReader
{
    private static readonly string[] Architectures =
    [
        "x86_64", "i686", "aarch64", "armv7l", "ppc64le", "ppc64", "s390x", "riscv64", "loongarch64", "ia64",
    ];

    /// <summary>The node's name cut at its first dot.</summary>
    public static string? HostName(SysReader reader) =>
        reader.Word("proc/sys/kernel/hostname") is { } name && name != "(none)" && name[0] != '.'
            ? name.Split('.')[0]
            : null;

    public static string? MachineId(SysReader reader)
    {
        const string path = "etc/machine-id";
        if (reader.Word(path) is not { } id || id == "uninitialized")
        {
            return null;
        }

        if (Guid.TryParseExact(id, "N", out var guid) && guid != Guid.Empty)
        {
            return guid.ToString("N");
        }

        reader.Problem(path, $"'{SysReader.Short(id)}' is not a machine id", 1);
        return null;
    }

    /// <summary>Readable by root only; boards that never got one say all zeros or all ones.</summary>
    public static string? ProductUuid(SysReader reader) =>
        reader.Word("sys/class/dmi/id/product_uuid", mayBeSecret: true) is { } text
        && Guid.TryParseExact(text, "D", out var uuid) && uuid != Guid.Empty && uuid != Guid.AllBitsSet
            ? uuid.ToString("D")
            : null;

    public static string? BootId(SysReader reader)
    {
        const string path = "proc/sys/kernel/random/boot_id";
        if (reader.Word(path) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id.ToString("D");
        }

        reader.Problem(path, $"'{SysReader.Short(text)}' is not a boot id", 1);
        return null;
    }

    public static DateTimeOffset? BootedAt(SysReader reader)
    {
        const string field = "btime ";
        foreach (var line in (reader.Text("proc/stat") ?? "").AsSpan().EnumerateLines())
        {
            if (line.StartsWith(field)
                && long.TryParse(line[field.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            {
                return DateTimeOffset.FromUnixTimeSeconds(seconds);
            }
        }

        return null;
    }

    /// <summary>
    /// Linux 6.1 and later say it; else the lines of /proc/cpuinfo, else the end of the kernel release.
    /// </summary>
    public static string? Architecture(SysReader reader, CpuInfoText? cpus, string? kernel) =>
        reader.Word("proc/sys/kernel/arch")
        ?? cpus?.Architecture
        ?? Architectures.FirstOrDefault(word => kernel?.EndsWith(word, StringComparison.Ordinal) == true);
}
