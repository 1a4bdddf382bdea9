using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// The NUMA cells a guest sees: numbered in the order written where no ids are given, sorted, their distances completed as libvirt
/// does (10 to itself, the other direction where only one is written).
/// </summary>
internal static class GuestCellReader
{
    private const int Local = 10;

    public static IReadOnlyList<GuestCell> Read(XElement domain, int vcpus, XmlFaults faults)
    {
        var written = domain.Element("cpu")?.Element("numa")?.Elements("cell").ToList() ?? [];
        var cells = new SortedDictionary<int, GuestCell>();
        var taken = CpuSet.Empty;
        for (var i = 0; i < written.Count; i++)
        {
            var cell = Cell(written[i], i, written.Count, faults);
            if (cell is null || !cells.TryAdd(cell.Id, cell))
            {
                faults.Add(written[i], "has an id that is taken or not one of 0 and up without a hole");
                continue;
            }

            if (cell.Vcpus!.Overlaps(taken))
            {
                faults.Add(written[i], $"has vCPUs {cell.Vcpus.Intersect(taken)} that another cell has too");
            }

            taken = taken.Union(cell.Vcpus);
        }

        if (taken.Count > vcpus)
        {
            faults.Add(written[0].Parent!, $"gives {taken.Count} vCPUs to its cells, but there are only {vcpus}");
        }

        return Completed(cells, Distances(written, cells, faults));
    }

    private static GuestCell? Cell(XElement at, int index, int count, XmlFaults faults)
    {
        var id = at.Attribute("id") is null ? index : XmlNumbers.Int(at, "id", faults);
        if (id is null || id >= count)
        {
            return null;
        }

        var memory = XmlNumbers.KiB(at, at.Attribute("memory")?.Value, at.Attribute("unit")?.Value, faults);
        if (at.Attribute("memory") is null)
        {
            faults.Add(at, "has no memory");
        }

        return new GuestCell(id.Value, XmlNumbers.List(at, "cpus", faults) ?? CpuSet.Empty, memory);
    }

    private static SortedDictionary<(int From, int To), int> Distances(
        List<XElement> written, IReadOnlyDictionary<int, GuestCell> cells, XmlFaults faults)
    {
        var distances = new SortedDictionary<(int From, int To), int>();
        for (var i = 0; i < written.Count; i++)
        {
            var from = written[i].Attribute("id") is null ? i : XmlNumbers.Int(written[i], "id", faults) ?? i;
            foreach (var at in written[i].Element("distances")?.Elements("sibling") ?? [])
            {
                var to = XmlNumbers.Int(at, "id", faults);
                var value = XmlNumbers.Int(at, "value", faults);
                if (to is null || value is null || !cells.ContainsKey(to.Value) || value is < Local or > 255
                    || (to == from) != (value == Local))
                {
                    faults.Add(at, "is not a distance of 10 (to itself) up to 255 to a cell of this guest");
                    continue;
                }

                distances[(from, to.Value)] = value.Value;
            }
        }

        return distances;
    }

    private static List<GuestCell> Completed(
        SortedDictionary<int, GuestCell> cells, SortedDictionary<(int From, int To), int> written)
    {
        var all = new SortedDictionary<(int From, int To), int>(written);
        foreach (var ((from, to), distance) in written)
        {
            all.TryAdd((to, from), distance);
            all.TryAdd((from, from), Local);
            all.TryAdd((to, to), Local);
        }

        return
        [
            .. cells.Values.Select(cell => cell with
            {
                Distances = [.. all.Where(one => one.Key.From == cell.Id).Select(one => new CellDistance(one.Key.To, one.Value))],
            }),
        ];
    }
}
