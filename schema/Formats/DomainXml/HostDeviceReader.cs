using System.Globalization;
using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// The PCI devices of the host that a guest gets whole: host devices, network functions (of a running guest also those that a
/// network lent it), NVMe disks. A mediated device has no address of its own and is not among them.
/// </summary>
internal static class HostDeviceReader
{
    public static IReadOnlyList<string> Read(XElement domain) =>
    [
        .. domain.Elements("devices").Elements()
            .Where(IsHandedOver)
            .Select(device => (device.Element("actual") ?? device).Element("source")?.Element("address"))
            .OfType<XElement>()
            .Select(Address)
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsHandedOver(XElement device) => (device.Name.LocalName, Type(device)) switch
    {
        ("hostdev", "pci") or ("interface", "hostdev") or ("disk", "nvme") => true,
        _ => Type(device.Element("actual")) == "hostdev",
    };

    private static string? Type(XElement? at) => at?.Attribute("type")?.Value;

    // A part that is not written is 0; numbers are hexadecimal with 0x, octal with 0.
    private static string? Address(XElement at)
    {
        var (domain, bus, slot, function) = (Part(at, "domain"), Part(at, "bus"), Part(at, "slot"), Part(at, "function"));
        return Type(at) is null or "pci" && bus <= 0xff && slot <= 0x1f && function <= 7 && domain is not null
            ? string.Create(CultureInfo.InvariantCulture, $"{domain:x4}:{bus:x2}:{slot:x2}.{function:x}")
            : null;
    }

    private static uint? Part(XElement at, string name) =>
        at.Attribute(name) is { } part ? XmlNumbers.Unsigned(part.Value, 0) : 0;
}
