using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// The distances between guest cells, completed as libvirt does: 10 to itself, and the other direction where only one is written.
/// </summary>
internal static class GuestDistances
{
    private const int Local = 10;
    private const int Unreachable = 255;

    /// <summary>The row of each cell, by rising cell; empty where nobody says anything of it.</summary>
    public static ILookup<int, CellDistance> Read(
        IReadOnlyCollection<(GuestCell Cell, XElement At)> cells, XmlFaults faults)
    {
        var all = new SortedDictionary<(int From, int To), int>();
        foreach (var (cell, at) in cells)
        {
            if (at.Element("distances") is { } distances)
            {
                Read(distances, cell.Id, cells.Count, all, faults);
            }
        }

        return all.ToLookup(one => one.Key.From, one => new CellDistance(one.Key.To, one.Value));
    }

    private static void Read(
        XElement distances, int from, int count, SortedDictionary<(int From, int To), int> all, XmlFaults faults)
    {
        if (distances.Element("sibling") is null)
        {
            faults.Add(distances, "has no sibling");
        }

        foreach (var at in distances.Elements("sibling"))
        {
            var to = XmlNumbers.Unsigned(at, "id", faults);
            var value = XmlNumbers.Unsigned(at, "value", faults);
            if (to is null || to >= count || value is not (>= Local and <= Unreachable) || (to == from) != (value == Local))
            {
                faults.Add(at, "is not a distance of 10 (to itself) up to 255 to a cell of this guest");
                continue;
            }

            all[(from, (int)to)] = (int)value;
            all.TryAdd(((int)to, from), (int)value);
            all.TryAdd((from, from), Local);
            all.TryAdd(((int)to, (int)to), Local);
        }
    }
}
