using System.Globalization;
using NumaHistory.Schema.Contract.ReadModels;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Rendering;

/// <summary>
/// A topology as libvirt's capabilities have it: <c>&lt;topology&gt;&lt;cells num='2'&gt;</c>. Attributes and elements
/// that are not known are left out, as libvirt does; pages are huge pages only. Everything written is a number or a CPU
/// list.
/// </summary>
internal static class TopologyXml
{
    public static void Write(TextWriter output, TopologyItem item)
    {
        var cells = item.Cells ?? [];
        output.Write($"<topology>\n  <cells num='{cells.Count}'>\n");
        foreach (var cell in cells)
        {
            Write(output, item, cell);
        }

        output.Write("  </cells>\n</topology>\n");
    }

    private static void Write(TextWriter output, TopologyItem item, Cell cell)
    {
        output.Write($"    <cell id='{cell.Id}'>\n");
        if (cell.MemoryKiB is { } memory)
        {
            output.Write($"      <memory unit='KiB'>{memory}</memory>\n");
        }

        foreach (var pool in cell.Pages?.Where(pool => pool.Total is not null) ?? [])
        {
            output.Write($"      <pages unit='KiB' size='{pool.SizeKiB}'>{pool.Total}</pages>\n");
        }

        WriteDistances(output, cell.Distances);
        WriteCpus(output, item, cell.Cpus);
        output.Write("    </cell>\n");
    }

    private static void WriteDistances(TextWriter output, IReadOnlyList<CellDistance>? distances)
    {
        if (distances is not { Count: > 0 })
        {
            return;
        }

        output.Write("      <distances>\n");
        foreach (var to in distances)
        {
            output.Write($"        <sibling id='{to.Cell}' value='{to.Distance}'/>\n");
        }

        output.Write("      </distances>\n");
    }

    private static void WriteCpus(TextWriter output, TopologyItem item, CpuSet? cpus)
    {
        if (cpus is null)
        {
            return;
        }

        if (cpus.IsEmpty)
        {
            output.Write("      <cpus num='0'/>\n");
            return;
        }

        var infos = (item.CpuInfo ?? []).ToDictionary(cpu => cpu.Id);
        output.Write($"      <cpus num='{cpus.Count}'>\n");
        foreach (var id in cpus.Members())
        {
            output.Write($"        <cpu id='{id}'{Attributes(infos.GetValueOrDefault(id))}/>\n");
        }

        output.Write("      </cpus>\n");
    }

    private static string Attributes(CpuInfo? cpu) => cpu is null
        ? ""
        : Attribute("socket_id", cpu.Socket) + Attribute("die_id", cpu.Die) + Attribute("cluster_id", cpu.Cluster)
            + Attribute("core_id", cpu.Core) + (cpu.Siblings is null ? "" : $" siblings='{cpu.Siblings}'");

    private static string Attribute(string name, int? value) =>
        value is { } known ? string.Create(CultureInfo.InvariantCulture, $" {name}='{known}'") : "";
}
