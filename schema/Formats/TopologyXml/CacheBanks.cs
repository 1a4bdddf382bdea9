using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>The level 3 caches of a capabilities document, given to the CPUs that share them.</summary>
internal static class CacheBanks
{
    public static IEnumerable<CpuInfo> Shared(XElement host, IEnumerable<CpuInfo> cpus, XmlFaults faults)
    {
        var banks = host.Elements("cache").Elements("bank")
            .Where(bank => bank.Attribute("level")?.Value == "3")
            .Select(bank => XmlNumbers.List(bank, "cpus", faults))
            .OfType<CpuSet>()
            .ToList();
        return cpus.Select(cpu => banks.Find(bank => bank.Contains(cpu.Id)) is { } shared ? cpu with { L3 = shared } : cpu);
    }
}
