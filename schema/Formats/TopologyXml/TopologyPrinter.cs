using System.Globalization;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Formats.TopologyXml;

/// <summary>
/// A topology as libvirt's capabilities have it: <c>&lt;topology&gt;&lt;cells num='2'&gt;</c>, with cells inside cells
/// where they are grouped. Attributes and elements that are not known are left out, as libvirt does; pages are huge
/// pages only. Everything written is a number or a CPU list. What <see cref="TopologyDocuments"/> reads of it is the
/// same topology, as far as the form can say it.
/// </summary>
public static class TopologyPrinter
{
    /// <summary>Writes the document, ended by a line feed.</summary>
    public static void Write(TextWriter output, HostTopology topology)
    {
        var cpus = (topology.CpuInfo ?? []).ToDictionary(cpu => cpu.Id);
        output.Write("<topology>\n");
        WriteCells(output, "  ", topology.Cells ?? [], 0, cpus);
        output.Write("</topology>\n");
    }

    private static void WriteCells(
        TextWriter output, string indent, IReadOnlyList<Cell> cells, int depth, IReadOnlyDictionary<int, CpuInfo> cpus)
    {
        // A group stands where its first cell would.
        var placed = cells.ToLookup(cell => Group(cell, depth));
        var entries = placed[null].Select(cell => (First: cell.Id, Id: (int?)null, Cells: (List<Cell>)[cell]))
            .Concat(placed.Where(group => group.Key is not null)
                .Select(group => (First: group.Min(cell => cell.Id), Id: group.Key, Cells: group.ToList())))
            .OrderBy(entry => entry.First)
            .ToList();
        output.Write($"{indent}<cells num='{entries.Count}'>\n");
        foreach (var (_, id, inside) in entries)
        {
            if (id is null)
            {
                WriteCell(output, indent + "  ", inside[0], cpus);
                continue;
            }

            output.Write($"{indent}  <cell id='{id}'>\n");
            WriteCells(output, indent + "    ", inside, depth + 1, cpus);
            output.Write($"{indent}  </cell>\n");
        }

        output.Write($"{indent}</cells>\n");
    }

    // The part of the cell's path at that depth; null where it lies in no group there.
    private static int? Group(Cell cell, int depth) =>
        cell.Group?.Split('/') is { } path && depth < path.Length
            && int.TryParse(path[depth], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static void WriteCell(TextWriter output, string indent, Cell cell, IReadOnlyDictionary<int, CpuInfo> cpus)
    {
        output.Write($"{indent}<cell id='{cell.Id}'>\n");
        if (cell.MemoryKiB is { } memory)
        {
            output.Write($"{indent}  <memory unit='KiB'>{memory}</memory>\n");
        }

        foreach (var pool in cell.Pages?.Where(pool => pool.Total is not null) ?? [])
        {
            output.Write($"{indent}  <pages unit='KiB' size='{pool.SizeKiB}'>{pool.Total}</pages>\n");
        }

        WriteDistances(output, indent + "  ", cell.Distances);
        WriteCpus(output, indent + "  ", cell.Cpus, cpus);
        output.Write($"{indent}</cell>\n");
    }

    private static void WriteDistances(TextWriter output, string indent, IReadOnlyList<CellDistance>? distances)
    {
        if (distances is not { Count: > 0 })
        {
            return;
        }

        output.Write($"{indent}<distances>\n");
        foreach (var to in distances)
        {
            output.Write($"{indent}  <sibling id='{to.Cell}' value='{to.Distance}'/>\n");
        }

        output.Write($"{indent}</distances>\n");
    }

    private static void WriteCpus(TextWriter output, string indent, CpuSet? ids, IReadOnlyDictionary<int, CpuInfo> cpus)
    {
        if (ids is null)
        {
            return;
        }

        if (ids.IsEmpty)
        {
            output.Write($"{indent}<cpus num='0'/>\n");
            return;
        }

        output.Write($"{indent}<cpus num='{ids.Count}'>\n");
        foreach (var id in ids.Members())
        {
            output.Write($"{indent}  <cpu id='{id}'{Attributes(cpus.GetValueOrDefault(id))}/>\n");
        }

        output.Write($"{indent}</cpus>\n");
    }

    private static string Attributes(CpuInfo? cpu) => cpu is null
        ? ""
        : Attribute("socket_id", cpu.Socket) + Attribute("die_id", cpu.Die) + Attribute("cluster_id", cpu.Cluster)
            + Attribute("core_id", cpu.Core)
            + (cpu.Siblings is null or { IsEmpty: true } ? "" : $" siblings='{cpu.Siblings}'");

    private static string Attribute(string name, int? value) =>
        value is { } known ? string.Create(CultureInfo.InvariantCulture, $" {name}='{known}'") : "";
}
