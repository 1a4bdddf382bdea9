using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>The NUMA cells a guest sees: numbered in the order written where no ids are given, and sorted.</summary>
internal static class GuestCellReader
{
    // QEMU has room for 128.
    private const int Most = 1024;

    public static IReadOnlyList<GuestCell> Read(XElement domain, int vcpus, XmlFaults faults)
    {
        var numa = domain.Elements("cpu").Select(cpu => cpu.Element("numa")).OfType<XElement>().ToList();
        var written = numa.Elements("cell").ToList();
        if (numa.Count > 0 && written.Count is 0 or > Most)
        {
            faults.Add(numa[0], written.Count == 0 ? "has no cell" : $"has more than {Most} cells");
            return [];
        }

        if (numa.Count == 0)
        {
            return [];
        }

        var cells = new SortedDictionary<int, (GuestCell Cell, XElement At)>();
        var taken = CpuSet.Empty;
        for (var i = 0; i < written.Count; i++)
        {
            if (Cell(written[i], i, written.Count, cells.ContainsKey, faults) is { } cell)
            {
                CheckVcpus(written[i], cell, taken, vcpus, faults);
                taken = taken.Union(cell.Vcpus!);
                cells.Add(cell.Id, (cell, written[i]));
            }
        }

        var distances = GuestDistances.Read(cells.Values, faults);
        GuestLinks.Check(numa, cells.Values.Select(one => one.Cell), faults);
        return [.. cells.Values.Select(one => one.Cell with { Distances = [.. distances[one.Cell.Id]] })];
    }

    private static GuestCell? Cell(XElement at, int index, int count, Func<int, bool> isTaken, XmlFaults faults)
    {
        var id = at.Attribute("id") is null ? (uint)index : XmlNumbers.Unsigned(at, "id", faults);
        if (id is null || id >= count || isTaken((int)id))
        {
            faults.Add(at, "has an id that another cell has or that leaves a hole; they go from 0 up");
            return null;
        }

        var memory = XmlSizes.KiB(at, at.Attribute("memory")?.Value, at.Attribute("unit")?.Value, faults);
        if (at.Attribute("memory") is null)
        {
            faults.Add(at, "has no memory");
        }

        if (at.Attribute("memAccess")?.Value is not (null or "shared" or "private"))
        {
            faults.Add(at, "has a memAccess that is neither shared nor private");
        }

        return new GuestCell((int)id, XmlNumbers.ListOrNothing(at, "cpus", faults) ?? CpuSet.Empty, memory);
    }

    private static void CheckVcpus(XElement at, GuestCell cell, CpuSet taken, int vcpus, XmlFaults faults)
    {
        if (cell.Vcpus!.Overlaps(taken))
        {
            faults.Add(at, $"has vCPUs {cell.Vcpus.Intersect(taken)} that another cell has too");
        }

        if (cell.Vcpus.Last >= vcpus)
        {
            faults.Add(at, $"has vCPU {cell.Vcpus.Last}, but there are only {vcpus}");
        }
    }
}
