namespace NumaHistory.Schema.State;

/// <summary>
/// Sources of one host disagree by design (libvirt shows offline CPUs on socket 0; dom0's sysfs shows one node). In
/// force is the best-ranked one that has answered: KVM or bare metal sysfs, then libvirt, then imports; Xen xl, then
/// libvirt, never sysfs. What was backfilled comes last.
/// </summary>
public static class SourceRank
{
    private static readonly string[] BareMetal = ["sysfs", "libvirt", "xl"];
    private static readonly string[] Xen = ["xl", "libvirt"];

    /// <summary>Lower is better; null = never in force on this hypervisor.</summary>
    public static int? Of(string source, string? hypervisor)
    {
        var order = hypervisor == "xen" ? Xen : BareMetal;
        var rank = Array.IndexOf(order, source);
        return rank >= 0 ? rank
            : source == Backfill.Source ? order.Length + 1
            : hypervisor == "xen" && source == "sysfs" ? null : order.Length;
    }
}
