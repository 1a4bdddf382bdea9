using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>Memory, huge page pools and distances of a cell.</summary>
internal sealed class CellFacts(bool isCapabilities, XmlFaults faults)
{
    // Below the smallest huge page of any architecture; 64 KiB is one on ARM.
    private const long SmallestHugePage = 64;

    // More than any processor can address, and few enough that no sum over cells overflows.
    private const long MostKiB = 1L << 44;

    public Cell Read(XElement at, int id, CpuSet? cpus, string? group)
    {
        var memory = Memory(at, faults);
        return new Cell(id, cpus, MemoryKiB: memory, Pages: Pages(at, memory), Distances: Distances(at), Group: group);
    }

    /// <summary>libvirt writes the amount as text, the proposal of 2007 as size; KiB where no unit is named.</summary>
    public static long? Memory(XElement at, XmlFaults faults)
    {
        if (at.Element("memory") is not { } memory)
        {
            return null;
        }

        var size = memory.Attribute("size") is { } written
            ? XmlSizes.KiB(memory, written.Value, memory.Attribute("unit")?.Value, faults)
            : XmlSizes.KiB(memory, faults);
        if (size is null or <= MostKiB)
        {
            return size;
        }

        faults.Add(memory, $"is {size} KiB, more than any machine can address");
        return null;
    }

    // libvirt lists the base page first; the topology of numa-history has huge pages only.
    private List<PagePool>? Pages(XElement at, long? memory)
    {
        var listed = at.Elements("pages").Select(Pool).OfType<PagePool>().DistinctBy(pool => pool.SizeKiB)
            .OrderBy(pool => pool.SizeKiB)
            .ToList();
        return listed.Count == 0 ? null
            : isCapabilities || IsBase(listed[0], memory) ? listed[1..]
            : listed;
    }

    // Printed by numa-history there is no base page; printed by libvirt it has all the memory.
    private static bool IsBase(PagePool smallest, long? memory) => smallest.SizeKiB < SmallestHugePage
        || (smallest.SizeKiB == SmallestHugePage && memory > 0 && smallest.Total == memory / SmallestHugePage);

    private PagePool? Pool(XElement pages)
    {
        if (pages.Attribute("size")?.Value is not { } text)
        {
            faults.Add(pages, "has no size");
            return null;
        }

        var size = XmlSizes.KiB(pages, text, pages.Attribute("unit")?.Value, faults);
        if (size is not > 0)
        {
            return null;
        }

        if (XmlNumbers.Long(pages.Value.Trim()) is { } total && (Int128)total * size.Value <= MostKiB)
        {
            return new PagePool(size.Value, (long)total);
        }

        faults.Add(pages, $"holds {XmlNumbers.Quoted(pages.Value.Trim())}, which is no number of pages");
        return new PagePool(size.Value, null);
    }

    // 0 is what libvirt says of a distance that the firmware does not tell.
    private List<CellDistance>? Distances(XElement at)
    {
        var distances = at.Element("distances")?.Elements("sibling")
            .Select(to => (Cell: XmlNumbers.Int(to, "id", faults), Distance: XmlNumbers.Int(to, "value", faults)))
            .Where(to => to is { Cell: <= CpuSet.MaxId, Distance: > 0 })
            .DistinctBy(to => to.Cell)
            .OrderBy(to => to.Cell)
            .Select(to => new CellDistance(to.Cell!.Value, to.Distance!.Value))
            .ToList();
        return distances is { Count: > 0 } ? distances : null;
    }
}
