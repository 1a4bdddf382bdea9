using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>The host cells that the memory of single guest cells is bound to.</summary>
internal static class MemnodeReader
{
    public static IReadOnlyList<GuestCell> Read(
        XElement domain, MemoryBinding? memory, IReadOnlyList<GuestCell> cells, XmlFaults faults)
    {
        var bound = cells.ToDictionary(cell => (uint)cell.Id);
        foreach (var at in domain.Elements("numatune").Elements("memnode"))
        {
            if (Whole(at, memory, faults)
                && Cell(at, bound, faults) is { } cell
                && Nodes(at, memory, faults) is var (mode, nodes))
            {
                bound[(uint)cell.Id] = cell with { Mode = mode, Cells = nodes };
            }
        }

        return [.. cells.Select(cell => bound[(uint)cell.Id])];
    }

    private static bool Whole(XElement at, MemoryBinding? memory, XmlFaults faults)
    {
        if (memory is not { Cells: null })
        {
            return true;
        }

        faults.Add(at, "cannot be used where the host places the memory");
        return false;
    }

    private static GuestCell? Cell(XElement at, Dictionary<uint, GuestCell> bound, XmlFaults faults)
    {
        var id = XmlNumbers.Unsigned(at, "cellid", faults);
        if (id is not null && bound.TryGetValue(id.Value, out var cell))
        {
            if (cell.Cells is null)
            {
                return cell;
            }

            faults.Add(at, $"binds guest cell {id} a second time");
        }
        else if (id is not null || at.Attribute("cellid") is null)
        {
            faults.Add(at, id is null ? "names no cellid" : $"is for guest cell {id}, which is not there");
        }

        return null;
    }

    private static (MemoryMode Mode, CpuSet Nodes)? Nodes(XElement at, MemoryBinding? memory, XmlFaults faults)
    {
        var mode = NumatuneReader.Mode(at, faults);
        if (at.Attribute("nodeset") is null)
        {
            faults.Add(at, "has no nodeset");
        }
        else if (memory?.Mode == MemoryMode.Restrictive && mode is not (null or MemoryMode.Restrictive))
        {
            faults.Add(at, "has to be restrictive where the whole memory is");
        }
        else if (mode is not null && XmlNumbers.List(at, "nodeset", faults) is { } nodes)
        {
            return (mode.Value, nodes);
        }

        return null;
    }
}
