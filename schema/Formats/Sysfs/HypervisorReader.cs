namespace NumaHistory.Schema.Formats.Sysfs;

/// <summary>Finds out what lies below this kernel: null = nothing that it knows of.</summary>
internal static class HypervisorReader
{
    private static readonly (string Mark, string Word)[] Vendors =
    [
        ("QEMU", "kvm"), ("KVM", "kvm"), ("Amazon EC2", "kvm"), ("Google", "kvm"), ("VMware", "vmware"),
        ("Microsoft", "hyperv"), ("Xen", "xen"), ("innotek", "virtualbox"), ("Parallels", "parallels"),
    ];

    public static string? Read(SysReader reader, CpuInfoText? cpus)
    {
        if (reader.Word("sys/hypervisor/type") is { } type)
        {
            return type;
        }

        if (reader.Text("proc/sysinfo") is { } ibm && ibm.Contains("Control Program:", StringComparison.Ordinal))
        {
            return ibm.Contains("KVM/Linux", StringComparison.Ordinal) ? "kvm" : "zvm";
        }

        return cpus?.IsGuest == true ? Vendor(reader) : null;
    }

    /// <summary>
    /// Why this machine's sysfs must not be recorded, or null. A Xen dom0 is itself a guest: its sysfs shows one cell
    /// with dom0's own CPUs, whatever the host has.
    /// </summary>
    public static string? Refusal(SysReader reader, string? hypervisor)
    {
        var isDom0 = reader.Word("proc/xen/capabilities")?.Contains("control_d", StringComparison.Ordinal) == true
            || (hypervisor == "xen" && reader.Word("sys/hypervisor/uuid") is "00000000-0000-0000-0000-000000000000");
        return isDom0
            ? "this is the dom0 of a Xen host: its sysfs shows the CPUs and memory of dom0, not of the host"
            : null;
    }

    private static string Vendor(SysReader reader)
    {
        var dmi = $"{reader.Word("sys/class/dmi/id/sys_vendor")} {reader.Word("sys/class/dmi/id/product_name")}";
        return Vendors.FirstOrDefault(vendor => dmi.Contains(vendor.Mark, StringComparison.Ordinal)).Word ?? "other";
    }
}
