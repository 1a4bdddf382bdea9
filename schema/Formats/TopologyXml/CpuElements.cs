using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>The CPUs in the cells of a topology document.</summary>
internal sealed class CpuElements(XmlFaults faults)
{
    // What the kernel prints for a die or cluster that the firmware gave no number, and libvirt passes on.
    private const int NoId16 = 65535;

    // A machine with 4,096 CPUs in 256 cells needs a thirtieth of it.
    private const int MostNumbers = 1 << 28;

    private readonly SortedDictionary<int, CpuInfo> _cpus = [];
    private readonly Dictionary<string, CpuSet?> _siblings = new(StringComparer.Ordinal);

    // A set takes as much room as its largest number asks for.
    private int _numbers;

    public IEnumerable<CpuInfo> All => _cpus.Values;

    /// <summary>Whether the sets of the document take more room than those of a machine can.</summary>
    public bool AreTooMany => _numbers > MostNumbers;

    /// <summary>The CPUs of a cell, noted; null where it does not say.</summary>
    public CpuSet? Of(XElement cell)
    {
        if (cell.Element("cpus") is not { } list || AreTooMany)
        {
            return null;
        }

        var ids = new CpuSetBuilder();
        var count = 0;
        foreach (var cpu in list.Elements("cpu"))
        {
            count++;
            if (Id(cpu) is { } id)
            {
                ids.Add(id);
                _cpus.TryAdd(id, Info(cpu, id));
            }
        }

        if (count == 0 && !string.IsNullOrWhiteSpace(list.Value))
        {
            faults.Add(list, $"holds {XmlNumbers.Quoted(list.Value.Trim())}, not <cpu id='N'/> for each");
            return null;
        }

        Counted.Check(list, count, "CPUs", faults);
        return Kept(ids.Build());
    }

    private int? Id(XElement cpu)
    {
        var text = cpu.Attribute("id")?.Value;
        if (text is not null && XmlNumbers.Long(text) is <= CpuSet.MaxId and var id)
        {
            return (int)id;
        }

        faults.Add(cpu, text is null ? "has no id" : $"has the id {XmlNumbers.Quoted(text)}, which no CPU can have");
        return null;
    }

    private CpuInfo Info(XElement cpu, int id) => new(
        id,
        Place(cpu, "socket_id"),
        Place(cpu, "die_id", NoId16),
        Place(cpu, "cluster_id", NoId16),
        Place(cpu, "core_id"),
        Siblings(cpu, id));

    // Linux says -1 where the firmware gives no number.
    private int? Place(XElement cpu, string name, int none = -1) =>
        cpu.Attribute(name)?.Value is not "-1" && XmlNumbers.Int(cpu, name, faults) is { } number && number != none
            ? number
            : null;

    // All threads of a core have the same text.
    private CpuSet? Siblings(XElement cpu, int id)
    {
        if (cpu.Attribute("siblings")?.Value is not { } text || AreTooMany)
        {
            return null;
        }

        if (!_siblings.TryGetValue(text, out var set))
        {
            _siblings[text] = set = Kept(XmlNumbers.List(cpu, "siblings", faults));
        }

        if (set?.Contains(id) == false)
        {
            faults.Add(cpu, $"has the siblings {XmlNumbers.Quoted(text)}, which lack CPU {id} itself");
            return null;
        }

        return set;
    }

    private CpuSet? Kept(CpuSet? set)
    {
        _numbers += (set?.Last ?? 0) + 1;
        return set;
    }
}
