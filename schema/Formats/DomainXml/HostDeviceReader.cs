using System.Globalization;
using System.Xml.Linq;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>The PCI devices of the host that a guest gets whole: host devices, network functions, NVMe disks.</summary>
internal static class HostDeviceReader
{
    public static IReadOnlyList<string> Read(XElement domain)
    {
        var devices = domain.Elements("devices").Elements().Where(IsHandedOver);
        return
        [
            .. devices.Select(device => device.Element("source")?.Element("address"))
                .OfType<XElement>()
                .Select(Address)
                .OfType<string>()
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsHandedOver(XElement device) => (device.Name.LocalName, device.Attribute("type")?.Value) switch
    {
        ("hostdev", "pci") or ("interface", "hostdev") or ("disk", "nvme") => true,
        ("hostdev", null) => device.Attribute("mode")?.Value == "subsystem",
        _ => false,
    };

    private static string? Address(XElement at)
    {
        if (at.Attribute("type") is { Value: not "pci" })
        {
            return null;
        }

        var (domain, bus, slot, function) =
            (Part(at, "domain") ?? 0, Part(at, "bus"), Part(at, "slot"), Part(at, "function") ?? 0);
        return bus is null || slot is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{domain:x4}:{bus:x2}:{slot:x2}.{function:x}");
    }

    private static int? Part(XElement at, string name)
    {
        var text = at.Attribute(name)?.Value.Trim();
        return text is null ? null
            : text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
