using System.Xml.Linq;
using NumaHistory.Schema.Formats.Xml;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>
/// The cells of a topology document. A cell that holds cells is a group: its memory and its CPUs are those of the cells
/// in it, and its id is a part of their path.
/// </summary>
internal sealed class CellElements(bool isCapabilities, XmlFaults faults)
{
    private readonly SortedDictionary<int, Cell> _cells = [];
    private readonly CpuElements _cpus = new(faults);
    private readonly CellFacts _facts = new(isCapabilities, faults);
    private Problem? _refused;

    public IReadOnlyCollection<Cell> Cells => _cells.Values;

    public IEnumerable<CpuInfo> Cpus => _cpus.All;

    /// <summary>Reads the outermost list of cells; tells why the document cannot be used, or null.</summary>
    public Problem? Read(XElement list)
    {
        Read(list, null);
        return _refused
            ?? (_cpus.AreTooMany ? XmlFaults.Problem(list, "lists more CPUs than a machine can have") : null);
    }

    // The cells in the list and in the groups in it; path is that of the group around it.
    private List<Cell> Read(XElement list, string? path)
    {
        var inside = new List<Cell>();
        var count = 0;
        foreach (var at in list.Elements("cell"))
        {
            count++;
            if (Id(at) is not { } id)
            {
                continue;
            }

            if (at.Element("cells") is { } inner)
            {
                inside.AddRange(ReadGroup(at, inner, path is null ? $"{id}" : $"{path}/{id}"));
                continue;
            }

            var cell = _facts.Read(at, id, _cpus.Of(at), path);
            inside.Add(cell);
            if (!_cells.TryAdd(id, cell))
            {
                _refused ??= XmlFaults.Problem(at, $"has the id {id}, which another cell has too");
            }
        }

        Counted.Check(list, count, "cells", faults);
        return inside;
    }

    private List<Cell> ReadGroup(XElement at, XElement inner, string path)
    {
        var inside = Read(inner, path);
        if (_cpus.Of(at) is { IsEmpty: false } own)
        {
            var placed = new CpuSetBuilder();
            inside.ForEach(cell => placed.AddAll(cell.Cpus ?? CpuSet.Empty));
            if (own.Except(placed.Build()) is { IsEmpty: false } stray)
            {
                faults.Add(at, $"holds cells, and CPUs {stray} that are in none of them");
            }
        }

        if (CellFacts.Memory(at, faults) is { } memory && memory != inside.Sum(cell => cell.MemoryKiB))
        {
            faults.Add(at, $"holds cells, and {memory} KiB that are not the sum of theirs and are left out");
        }

        return inside;
    }

    // A cell that is left out would look like one that is gone.
    private int? Id(XElement at)
    {
        var text = at.Attribute("id")?.Value;
        if (text is not null && XmlNumbers.Long(text) is <= CpuSet.MaxId and var id)
        {
            return (int)id;
        }

        _refused ??= XmlFaults.Problem(
            at, text is null ? "has no id" : $"has the id {XmlNumbers.Quoted(text)}, which no cell can have");
        return null;
    }
}
