namespace NumaHistory.Tests.Hosts;

/// <summary>
/// Why a reading rightly differs from what a tool says: differences of a host that begin with a text.
/// </summary>
internal sealed record KnownDifference(string Host, string Start, string Reason)
{
    private const string NoLists = "the kernel is too old for thread_siblings_list, and libvirt reads no other file";
    private const string Effective = "hwloc reads cpuset.cpus; the kernel also writes what is in effect, which is less";

    private static readonly KnownDifference[] All =
    [
        new("hwloc/16em64t-4s2c2t", "libvirt cell 0 siblings", NoLists),
        new("hwloc/16em64t-4s2c2t-offlines", "libvirt cell 0 siblings", NoLists),
        new("hwloc/fakepcilocalities", "raw PCI devices of cell",
            "one address lies in three folders; on the bus it is one device"),
        new("hwloc/nvidiagpunumanodes", "hwloc default", Effective),
        new("hwloc/nvidiagpunumanodes", "hwloc all allowed", Effective),
        new("pcp/sysdev-root-001", "raw offline",
            "cpu2/online was edited by hand; the mask says online, lscpu and hwloc follow it"),
    ];

    public static IEnumerable<KnownDifference> Of(string host) => All.Where(known => known.Host == host);

    public bool Explains(string difference) => difference.StartsWith(Start, StringComparison.Ordinal);
}
