using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>
/// Latencies and bandwidths between guest cells. They are no part of a pinning, but libvirt refuses the cells with them when one
/// leads from or to a cell that is not there, or begins at one without vCPUs.
/// </summary>
internal static class GuestLinks
{
    public static void Check(IEnumerable<XElement> numa, IEnumerable<GuestCell> cells, XmlFaults faults)
    {
        var known = cells.ToDictionary(cell => (uint)cell.Id);
        var links = numa.Select(one => one.Element("interconnects")).OfType<XElement>().Elements();
        foreach (var at in links.Where(link => link.Name.LocalName is "latency" or "bandwidth"))
        {
            var from = XmlNumbers.Unsigned(at, "initiator", faults);
            var to = XmlNumbers.Unsigned(at, "target", faults);
            if (from is null || to is null || !known.TryGetValue(from.Value, out var cell) || !known.ContainsKey(to.Value)
                || cell.Vcpus is { IsEmpty: true })
            {
                faults.Add(at, "does not lead from a guest cell with vCPUs to a guest cell");
            }
        }
    }
}
