using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>What a guest's memory is made of: page sizes, locking, allocation at the start.</summary>
internal static class BackingReader
{
    public static MemoryBacking Backing(XElement domain)
    {
        var backing = domain.Elements("memoryBacking").Elements().ToLookup(element => element.Name.LocalName);
        return new MemoryBacking(
            backing["locked"].Any(),
            backing["allocation"].Attributes("mode").FirstOrDefault()?.Value == "immediate");
    }

    public static IReadOnlyList<GuestPages> Pages(XElement domain, IReadOnlyList<GuestCell> cells, XmlFaults faults)
    {
        var huge = domain.Elements("memoryBacking").Elements("hugepages").ToList();
        if (huge.Count == 0)
        {
            return [];
        }

        var known = CpuSet.Of(cells.Select(cell => cell.Id));
        var pages = new List<GuestPages>();
        var taken = CpuSet.Empty;
        var written = huge.Elements("page").ToList();
        foreach (var at in written)
        {
            if (Page(at, known, faults) is { } page && IsFree(at, page, pages, taken, faults))
            {
                pages.Add(page);
                taken = taken.Union(page.GuestCells ?? CpuSet.Empty);
            }
        }

        return written.Count > 0 ? pages : [new GuestPages(null, null)];
    }

    private static GuestPages? Page(XElement at, CpuSet known, XmlFaults faults)
    {
        var size = XmlSizes.KiB(at, at.Attribute("size")?.Value, at.Attribute("unit")?.Value, faults);
        var before = faults.Count;
        var cells = XmlNumbers.List(at, "nodeset", faults);
        if (size is null or 0 || faults.Count > before)
        {
            if (size == 0 || at.Attribute("size") is null)
            {
                faults.Add(at, "has no size");
            }

            return null;
        }

        // A guest without cells of its own counts as one cell, 0, and pages for it are pages for all.
        if (known.IsEmpty && cells is { Count: 1, First: 0 })
        {
            return new GuestPages(size, null);
        }

        if (cells is not null && !cells.IsSubsetOf(known))
        {
            faults.Add(at, $"is for guest cells {cells.Except(known)}, which are not there");
        }

        return new GuestPages(size, cells);
    }

    private static bool IsFree(XElement at, GuestPages page, List<GuestPages> before, CpuSet taken, XmlFaults faults)
    {
        if (page.GuestCells is { } cells ? !cells.Overlaps(taken) : before.TrueForAll(other => other.GuestCells is not null))
        {
            return true;
        }

        faults.Add(at, "is for memory that another page size has already");
        return false;
    }
}
