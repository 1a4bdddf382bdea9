using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>
/// The cells of a topology document. A cell that holds cells is a group: it has no memory and no CPUs of its own, and its id is a
/// part of the path of the cells in it.
/// </summary>
internal sealed class CellElements(bool isCapabilities, XmlFaults faults)
{
    // Below the smallest huge page of any architecture; 64 KiB is one on ARM.
    private const long SmallestHugePage = 64;

    private readonly SortedDictionary<int, Cell> _cells = [];
    private readonly SortedDictionary<int, CpuInfo> _cpus = [];

    public IEnumerable<Cell> Cells => _cells.Values;

    public IEnumerable<CpuInfo> Cpus => _cpus.Values;

    /// <summary>A cell whose id was taken already.</summary>
    public XElement? Twice { get; private set; }

    public void Read(XElement cells, string? group)
    {
        foreach (var at in cells.Elements("cell"))
        {
            if (XmlNumbers.Int(at, "id", faults) is not { } id || id > CpuSet.MaxId)
            {
                faults.Add(at, "has no id");
            }
            else if (at.Element("cells") is { } inner)
            {
                Read(inner, group is null ? $"{id}" : $"{group}/{id}");
            }
            else if (!_cells.TryAdd(id, Cell(at, id, group)))
            {
                Twice ??= at;
            }
        }
    }

    private Cell Cell(XElement at, int id, string? group)
    {
        var cpus = ReadCpus(at);
        var memory = at.Element("memory");
        return new Cell(
            id,
            cpus,
            null,
            memory is null
                ? null
                : XmlSizes.KiB(memory, memory.Attribute("size")?.Value ?? memory.Value, memory.Attribute("unit")?.Value, faults),
            Pages: Pages(at),
            Distances: Distances(at),
            Group: group);
    }

    private CpuSet? ReadCpus(XElement at)
    {
        if (at.Element("cpus") is not { } list)
        {
            return null;
        }

        var ids = new CpuSetBuilder();
        foreach (var cpu in list.Elements("cpu"))
        {
            if (XmlNumbers.Int(cpu, "id", faults) is not { } id || id > CpuSet.MaxId)
            {
                faults.Add(cpu, "has no id");
                continue;
            }

            ids.Add(id);
            _cpus[id] = new CpuInfo(
                id,
                XmlNumbers.Int(cpu, "socket_id", faults),
                XmlNumbers.Int(cpu, "die_id", faults),
                XmlNumbers.Int(cpu, "cluster_id", faults),
                XmlNumbers.Int(cpu, "core_id", faults),
                XmlNumbers.List(cpu, "siblings", faults));
        }

        return ids.Build();
    }

    // libvirt lists the base page first; the topology of numa-history has huge pages only.
    private List<PagePool>? Pages(XElement at)
    {
        var listed = at.Elements("pages")
            .Select(pages => new PagePool(
                XmlSizes.KiB(pages, pages.Attribute("size")?.Value, pages.Attribute("unit")?.Value, faults) ?? 0,
                long.TryParse(pages.Value.Trim(), out var total) && total >= 0 ? total : null))
            .Where(pool => pool.SizeKiB > 0)
            .DistinctBy(pool => pool.SizeKiB)
            .OrderBy(pool => pool.SizeKiB)
            .ToList();
        return listed.Count == 0 ? null
            : isCapabilities ? listed[1..]
            : [.. listed.Where(pool => pool.SizeKiB >= SmallestHugePage)];
    }

    private List<CellDistance>? Distances(XElement at)
    {
        var distances = at.Element("distances")?.Elements("sibling")
            .Select(to => (Cell: XmlNumbers.Int(to, "id", faults), Distance: XmlNumbers.Int(to, "value", faults)))
            .Where(to => to.Cell is not null && to.Distance is not null)
            .DistinctBy(to => to.Cell)
            .OrderBy(to => to.Cell)
            .Select(to => new CellDistance(to.Cell!.Value, to.Distance!.Value))
            .ToList();
        return distances is { Count: > 0 } ? distances : null;
    }
}
