using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>The level 3 caches of a capabilities document.</summary>
internal sealed class CacheBanks
{
    // No cache of a machine is shared by so many stretches of CPU numbers; each of its CPUs is to carry the list.
    private const int MostRanges = 1024;

    private readonly Dictionary<int, CpuSet> _shared = [];

    /// <summary>Every CPU that shares one.</summary>
    public CpuSet Cpus { get; private set; } = CpuSet.Empty;

    public static CacheBanks Read(XElement host, XmlFaults faults)
    {
        var banks = new CacheBanks();
        var listed = host.Elements("cache").Elements("bank").Where(bank => bank.Attribute("level")?.Value == "3");
        foreach (var bank in listed)
        {
            if (XmlNumbers.List(bank, "cpus", faults) is { } cpus && !cpus.Ranges().Skip(MostRanges).Any())
            {
                banks.Add(cpus);
            }
        }

        return banks;
    }

    /// <summary>The CPUs with the cache that each has.</summary>
    public IReadOnlyList<CpuInfo> Given(IEnumerable<CpuInfo> cpus) =>
        [.. cpus.Select(cpu => _shared.GetValueOrDefault(cpu.Id) is { } shared ? cpu with { L3 = shared } : cpu)];

    // Only what is new is walked: a hostile document may list the same CPUs in each of its banks.
    private void Add(CpuSet cpus)
    {
        foreach (var cpu in cpus.Except(Cpus).Members())
        {
            _shared[cpu] = cpus;
        }

        Cpus = Cpus.Union(cpus);
    }
}
