using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// Domain XML of libvirt and its relatives: definitions, live XML, status files, snapshots, saved images and migration cookies, one
/// or many in a document, and the pins of the 2007 proposal.
/// </summary>
public static class DomainDocuments
{
    /// <summary>
    /// Reads every domain of a document in the order written. Nameless = what to call a guest whose pins come without a
    /// name, null where there is nothing to call it.
    /// </summary>
    public static DomainReading Parse(ReadOnlyMemory<byte> bytes, string? nameless = null)
    {
        var roots = SafeXml.Read(bytes, out var fault);
        if (fault is not null)
        {
            return new DomainReading([], fault);
        }

        var guests = new List<DomainGuest>();
        foreach (var root in roots)
        {
            Collect(root, null, nameless, guests);
        }

        return guests.Count > 0
            ? new DomainReading(guests, null)
            : new DomainReading([], new Problem("", SafeXml.Place(roots[0])?.Line, $"<{roots[0].Name.LocalName}> holds no domain"));
    }

    /// <summary>Whether a document looks like domain XML: the name of its first element says so.</summary>
    public static bool Looks(string rootName) => rootName is
        "domain" or "domains" or "domstatus" or "domainsnapshot" or "domaincheckpoint" or "qemu-migration" or "cpus" or "inactiveDomain";

    private static void Collect(XElement element, XElement? status, string? nameless, List<DomainGuest> guests)
    {
        switch (element.Name.LocalName)
        {
            case "domain" when element.Name.NamespaceName.Length == 0:
                guests.Add(Domain(element, status, nameless));
                break;
            case "inactiveDomain":
                guests.Add(DomainReader.Read(element, PinLayer.Config, null, nameless));
                break;
            case "cpus" when element.Parent is null:
                guests.Add(DomainReader.Read(new XElement("domain", element), PinLayer.Config, null, nameless));
                break;
            case "metadata":
                break;
            default:
                var below = element.Name.LocalName is "domstatus" or "domainsnapshot" or "persistent" ? element : status;
                foreach (var child in element.Elements())
                {
                    Collect(child, below, nameless, guests);
                }

                break;
        }
    }

    // What holds the definition says in which layer it counts.
    private static DomainGuest Domain(XElement domain, XElement? status, string? nameless) => status?.Name.LocalName switch
    {
        "domstatus" => DomainReader.Read(domain, PinLayer.Live, status.Attribute("state")?.Value, nameless),
        "domainsnapshot" => Snapshot(domain, status.Element("state")?.Value.Trim(), nameless),
        "persistent" => DomainReader.Read(domain, PinLayer.Config, null, nameless),
        _ when domain.Attribute("id") is { Value: not ("-1" or "") } =>
            DomainReader.Read(domain, PinLayer.Live, "running", nameless),
        _ => DomainReader.Read(domain, PinLayer.Config, null, nameless),
    };

    private static DomainGuest Snapshot(XElement domain, string? state, string? nameless) => DomainReader.Read(
        domain, state is "running" or "paused" ? PinLayer.SavedImage : PinLayer.Config, state, nameless);
}
