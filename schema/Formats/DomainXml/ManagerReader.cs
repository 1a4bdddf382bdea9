using System.Xml.Linq;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>Who manages a guest, told by the namespace of its metadata: a repair has to go through them.</summary>
internal static class ManagerReader
{
    private static readonly (string Namespace, string Manager)[] Known =
    [
        ("http://openstack.org/xmlns/libvirt/nova/", "nova"),
        ("http://ovirt.org/vm/", "ovirt"),
        ("http://kubevirt.io", "kubevirt"),
        ("https://kubevirt.io", "kubevirt"),
        ("http://opennebula.org/xmlns/libvirt/", "opennebula"),
    ];

    public static string? Read(XElement domain) => domain.Elements("metadata").Elements()
        .SelectMany(element => element.DescendantsAndSelf())
        .Select(element => Known.FirstOrDefault(known =>
            element.Name.NamespaceName.StartsWith(known.Namespace, StringComparison.OrdinalIgnoreCase)).Manager)
        .FirstOrDefault(manager => manager is not null);
}
