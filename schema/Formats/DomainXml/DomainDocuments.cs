using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// Domain XML of libvirt and its relatives: definitions, live XML, status files, snapshots, saved images and migration cookies,
/// one or many in a document, and the pins of the 2007 proposal.
/// </summary>
public static class DomainDocuments
{
    /// <summary>
    /// Reads every domain of a document in the order written. Nameless = what to call a guest whose pins come without a
    /// name, null where there is nothing to call it.
    /// </summary>
    public static DomainReading Parse(ReadOnlyMemory<byte> bytes, string? nameless = null)
    {
        var roots = SafeXml.Read(bytes, out var fault, IsOfUse);
        if (fault is not null)
        {
            return new DomainReading([], fault);
        }

        var guests = new List<DomainGuest>();
        foreach (var root in roots)
        {
            Collect(root, nameless, guests);
        }

        return new DomainReading(guests, guests.Count > 0 ? null : XmlFaults.Problem(roots[0], "holds no domain"));
    }

    /// <summary>Whether a document looks like domain XML: the name of its first element says so.</summary>
    public static bool Looks(string rootName) => rootName is
        "domain" or "domains" or "domstatus" or "domainsnapshot" or "domaincheckpoint" or "qemu-migration" or "node" or "cpus"
        or "inactiveDomain";

    private static void Collect(XElement element, string? nameless, List<DomainGuest> guests)
    {
        switch (element.Name.LocalName)
        {
            case "domain" or "inactiveDomain" when IsDefinition(element):
                var (layer, state) = DomainLayer.Of(element);
                guests.Add(DomainReader.Read(element, layer, state, nameless));
                break;
            case "cpus" when element.Parent is null:
                // Pins alone have no room for a name.
                guests.Add(DomainReader.Read(new XElement("domain", element), default, null, nameless ?? "unnamed"));
                break;
            case "metadata":
                break;
            default:
                foreach (var child in element.Elements())
                {
                    Collect(child, nameless, guests);
                }

                break;
        }
    }

    // Other documents call other things a domain: a PCI address, a DNS domain, a kind of hypervisor.
    private static bool IsDefinition(XElement domain) => domain.Name.NamespaceName.Length == 0
        && (domain.Parent is null || Looks(domain.Parent.Name.LocalName) || domain.Element("name") is not null);

    // Most of a domain is devices and settings that no pinning depends on.
    private static bool IsOfUse(XElement parent, string child) => parent.Name.LocalName switch
    {
        "domain" or "inactiveDomain" => child is "name" or "uuid" or "metadata" or "memory" or "currentMemory" or "memoryBacking"
            or "vcpu" or "vcpus" or "iothreads" or "iothreadids" or "cputune" or "numatune" or "cpu" or "devices"
            or "launchSecurity" or "cpus" or "cell",
        "devices" => child is "hostdev" or "interface" or "disk" or "memory",
        _ => parent.Parent?.Name.LocalName != "metadata",
    };
}
