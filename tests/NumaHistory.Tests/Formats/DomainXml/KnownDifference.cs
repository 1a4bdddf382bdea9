namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>Why our reading of a shared document rightly differs from what its peer's JSON says.</summary>
internal sealed record KnownDifference(string File, string What, string Reason)
{
    private const string Libvirt = "libvirt/qemuxml2argvdata/";
    private const string Manager = "virt-manager/tests/data/cli/compare/";
    private const string DefaultSize = "<hugepages/> means the host's default size, which is an entry without a size";
    private const string Devices = "<memory> is missing, and libvirt then counts memory devices beside the guest cells";
    private const string Refused = "libvirt refuses it, so it binds nothing; there is a problem in its place";

    public static readonly IReadOnlyList<KnownDifference> All =
    [
        new(Libvirt + "hugepages-numa-default-dimm.xml", "pages", DefaultSize),
        new(Libvirt + "memfd-memory-default-hugepage.xml", "pages", DefaultSize),
        new(Libvirt + "numad-auto-memory-vcpu-no-cpuset-and-placement.xml", "placement",
            "vCPUs that are placed nowhere go with memory that the host places; libvirt's own output says auto too"),
        new(Libvirt + "numad-auto-vcpu-static-numatune-no-nodeset.xml", "memory binding", Refused),
        new(Libvirt + "numatune-memory-invalid-nodeset.xml", "memory binding", Refused),
        new(Manager + "virt-install-many-devices.xml", "pages", "1234 MB are no whole KiB; libvirt rounds up"),
        new(Manager + "virt-install-many-devices.xml", "vcpus", "where <vcpus> lists some, libvirt counts those alone"),
        new(Manager + "virt-install-memory-hotplug.xml", "memory", Devices),
    ];

    public bool Explains(string file, string difference) =>
        File == file && difference.StartsWith(What + ":", StringComparison.Ordinal);
}
