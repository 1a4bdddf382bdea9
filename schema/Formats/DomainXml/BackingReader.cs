using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>What a guest's memory is made of: its size, page sizes, locking, allocation at the start.</summary>
internal static class BackingReader
{
    /// <summary>Maximum and current memory in KiB: guest cells say it where &lt;memory&gt; does not.</summary>
    public static (long? Memory, long? Current) Sizes(XElement domain, IReadOnlyList<GuestCell> cells, XmlFaults faults)
    {
        var memory = Size(domain.Element("memory"), faults) ?? Sum(cells) ?? Size(domain.Element("maxMemory"), faults);
        var current = Size(domain.Element("currentMemory"), faults);
        return (memory, current is null || current > memory ? memory : current);
    }

    public static MemoryBacking Backing(XElement domain) => new(
        domain.Element("memoryBacking")?.Element("locked") is not null,
        domain.Element("memoryBacking")?.Element("allocation")?.Attribute("mode")?.Value == "immediate");

    public static IReadOnlyList<GuestPages> Pages(XElement domain, IReadOnlyList<GuestCell> cells, XmlFaults faults)
    {
        if (domain.Element("memoryBacking")?.Element("hugepages") is not { } huge)
        {
            return [];
        }

        var pages = new List<GuestPages>();
        foreach (var at in huge.Elements("page"))
        {
            var size = XmlNumbers.KiB(at, at.Attribute("size")?.Value, at.Attribute("unit")?.Value, faults);
            if (size is null or 0)
            {
                faults.Add(at, "has no size");
                continue;
            }

            var nodes = XmlNumbers.List(at, "nodeset", faults);
            Check(at, nodes, pages, cells, faults);
            pages.Add(new GuestPages(size, nodes));
        }

        return pages.Count > 0 ? pages : [new GuestPages(null, null)];
    }

    private static void Check(
        XElement at, CpuSet? nodes, List<GuestPages> before, IReadOnlyList<GuestCell> cells, XmlFaults faults)
    {
        // A guest without cells of its own counts as one cell, 0.
        var known = cells.Count == 0 ? CpuSet.Of(0) : CpuSet.Of(cells.Select(cell => cell.Id));
        if (nodes is not null && !nodes.IsSubsetOf(known))
        {
            faults.Add(at, $"is for guest cells {nodes.Except(known)}, which are not there");
        }

        if (before.Exists(other => other.GuestCells is null ? nodes is null : nodes is not null && other.GuestCells.Overlaps(nodes)))
        {
            faults.Add(at, "is for memory that another page size has already");
        }
    }

    private static long? Size(XElement? at, XmlFaults faults) =>
        at is null ? null : XmlNumbers.KiB(at, at.Value, at.Attribute("unit")?.Value, faults);

    private static long? Sum(IReadOnlyList<GuestCell> cells)
    {
        try
        {
            return cells.Count == 0 || cells.Any(cell => cell.MemoryKiB is null) ? null : cells.Sum(cell => cell.MemoryKiB!.Value);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
