namespace NumaHistory.Schema.Formats.Processes;

/// <summary>Who manages a QEMU process that libvirt does not list, by where it was put.</summary>
public static class ProcessManager
{
    /// <summary>
    /// <c>proxmox</c> or <c>kubevirt</c>, null where nothing tells. Paths is the text of /proc/PID/cgroup, words that of /proc/PID/cmdline.
    /// </summary>
    public static string? Of(string paths, string words) =>
        paths.Contains("/qemu.slice/", StringComparison.Ordinal) || words.Contains("/etc/pve/", StringComparison.Ordinal)
            || words.Contains("/run/qemu-server/", StringComparison.Ordinal) ? "proxmox"
        : paths.Contains("/kubepods", StringComparison.Ordinal) || words.Contains("/run/kubevirt", StringComparison.Ordinal) ? "kubevirt"
        : null;
}
