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
        .Select(element => Manager(element.Name.NamespaceName))
        .FirstOrDefault(manager => manager is not null);

    private static string? Manager(string space) =>
        Known.FirstOrDefault(known => space.StartsWith(known.Namespace, StringComparison.OrdinalIgnoreCase)).Manager;
}
