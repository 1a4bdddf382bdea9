using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// How much memory a guest has, in KiB: what <c>&lt;memory&gt;</c> says, memory devices included; where it says nothing, the
/// guest cells and the devices together. The current amount is never more than that.
/// </summary>
internal static class MemoryReader
{
    public static (long? Memory, long? Current) Read(XElement domain, IReadOnlyList<GuestCell> cells, XmlFaults faults)
    {
        var written = XmlSizes.KiB(domain.Element("memory"), faults);
        var memory = written is null or 0 ? Sum(domain, cells, faults) : written;
        var current = XmlSizes.KiB(domain.Element("currentMemory"), faults);
        return (memory, current is null or 0 || current > memory ? memory : current);
    }

    private static long? Sum(XElement domain, IReadOnlyList<GuestCell> cells, XmlFaults faults)
    {
        var sizes = cells.Select(cell => cell.MemoryKiB).ToList();
        if (sizes.TrueForAll(size => size is null or 0))
        {
            return null;
        }

        sizes.AddRange(domain.Elements("devices").Elements("memory")
            .Select(device => XmlSizes.KiB(device.Element("target")?.Element("size"), faults)));
        var sum = sizes.Aggregate((UInt128)0, (sum, size) => sum + (UInt128)(size ?? 0));
        if (sizes.Contains(null) || sum > Text.MemorySize.MaxKiB)
        {
            return null;
        }

        return (long)sum;
    }
}
