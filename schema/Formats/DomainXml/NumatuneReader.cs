using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>The host cells that a guest's memory, or the memory of single guest cells, is bound to.</summary>
internal static class NumatuneReader
{
    public static (MemoryBinding? Memory, IReadOnlyList<GuestCell> Cells) Read(
        XElement domain, bool isStatic, IReadOnlyList<GuestCell> cells, XmlFaults faults)
    {
        var tune = domain.Element("numatune");
        var memory = tune?.Element("memory") is { } at ? Whole(at, isStatic, faults) : Simple(domain, faults);
        return (memory, Nodes(tune, memory, cells, faults));
    }

    private static MemoryBinding? Whole(XElement at, bool isStatic, XmlFaults faults)
    {
        var mode = Mode(at, faults);
        var before = faults.Problems.Count;
        var nodes = XmlNumbers.List(at, "nodeset", faults);
        var refused = faults.Problems.Count > before;
        var placement = at.Attribute("placement")?.Value ?? (at.Attribute("nodeset") is not null || isStatic ? "static" : "auto");
        if (placement == "auto")
        {
            return new MemoryBinding(mode, null);
        }

        if (placement != "static")
        {
            faults.Add(at, $"placement='{placement}' is neither static nor auto");
        }
        else if (nodes is null && !refused)
        {
            faults.Add(at, "is placed statically but has no nodeset");
        }

        return nodes is null ? null : new MemoryBinding(mode, nodes);
    }

    // The form of 2007: <cell>1</cell>.
    private static MemoryBinding? Simple(XElement domain, XmlFaults faults)
    {
        if (domain.Element("cell") is not { } at)
        {
            return null;
        }

        if (CpuSet.TryParse(at.Value.Trim(), out var cells) && !cells.IsEmpty)
        {
            return new MemoryBinding(MemoryMode.Strict, cells);
        }

        faults.Add(at, $"'{at.Value.Trim()}' is not a cell");
        return null;
    }

    private static IReadOnlyList<GuestCell> Nodes(
        XElement? tune, MemoryBinding? memory, IReadOnlyList<GuestCell> cells, XmlFaults faults)
    {
        var bound = cells.ToDictionary(cell => cell.Id);
        foreach (var at in tune?.Elements("memnode") ?? [])
        {
            var id = XmlNumbers.Int(at, "cellid", faults);
            var mode = Mode(at, faults);
            if (id is null || !bound.TryGetValue(id.Value, out var cell))
            {
                faults.Add(at, id is null ? "names no cellid" : $"is for guest cell {id}, which is not there");
            }
            else if (cell.Cells is not null || memory is { Cells: null })
            {
                faults.Add(at, cell.Cells is null ? "cannot be used where the memory is placed automatically" : $"binds guest cell {id} a second time");
            }
            else if (at.Attribute("nodeset") is null)
            {
                faults.Add(at, "has no nodeset");
            }
            else if (XmlNumbers.List(at, "nodeset", faults) is { } nodes)
            {
                bound[id.Value] = cell with { Mode = mode, Cells = nodes };
            }
        }

        return [.. cells.Select(cell => bound[cell.Id])];
    }

    private static MemoryMode Mode(XElement at, XmlFaults faults)
    {
        switch (at.Attribute("mode")?.Value)
        {
            case null or "strict":
                return MemoryMode.Strict;
            case "preferred":
                return MemoryMode.Preferred;
            case "interleave":
                return MemoryMode.Interleave;
            case "restrictive":
                return MemoryMode.Restrictive;
            case var other:
                faults.Add(at, $"mode='{other}' is not strict, preferred, interleave or restrictive");
                return MemoryMode.Strict;
        }
    }
}
