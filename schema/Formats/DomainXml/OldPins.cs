using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// The form in which pins were proposed in 2007: <c>&lt;cpus&gt;&lt;pin vcpu='0' cpulist='2,3'/&gt;&lt;/cpus&gt;</c>, memory by
/// <c>&lt;cell&gt;1&lt;/cell&gt;</c>.
/// </summary>
internal static class OldPins
{
    public const string List = "cpulist";

    public static IEnumerable<XElement> Pins(XElement domain) => domain.Elements("cpus").Elements("pin");

    /// <summary>How many vCPUs there are where nobody counts them: as many as are pinned, at least one.</summary>
    public static int Vcpus(XElement domain)
    {
        const int most = 4096;
        return Pins(domain)
            .Select(pin => XmlNumbers.Unsigned(pin.Attribute("vcpu")?.Value ?? "", 10))
            .Select(vcpu => vcpu < most ? (int)vcpu + 1 : 1)
            .Append(1)
            .Max();
    }

    /// <summary>Memory comes from that cell and no other.</summary>
    public static MemoryBinding? Memory(XElement domain, XmlFaults faults)
    {
        if (domain.Element("cell") is not { } at)
        {
            return null;
        }

        if (CpuSet.TryParse(at.Value.Trim(), out var cells) && !cells.IsEmpty)
        {
            return new MemoryBinding(MemoryMode.Strict, cells);
        }

        faults.Add(at, $"{XmlNumbers.Quoted(at.Value.Trim())} is not a cell");
        return null;
    }
}
