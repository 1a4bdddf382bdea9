using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Formats.DomainXml;

/// <summary>The NUMA cells a guest sees, as the <c>&lt;numa&gt;</c> of its <c>&lt;cpu&gt;</c>.</summary>
internal static class GuestCellPrinter
{
    public static void Write(TextWriter output, IReadOnlyList<GuestCell> cells)
    {
        if (cells.Count == 0)
        {
            return;
        }

        output.Write("  <cpu>\n    <numa>\n");
        foreach (var cell in cells)
        {
            WriteCell(output, cell);
        }

        output.Write("    </numa>\n  </cpu>\n");
    }

    private static void WriteCell(TextWriter output, GuestCell cell)
    {
        var vcpus = cell.Vcpus is { IsEmpty: false } list ? $" cpus='{list}'" : "";
        var memory = cell.MemoryKiB is { } size ? $" memory='{size}' unit='KiB'" : "";
        var start = $"      <cell id='{cell.Id}'{vcpus}{memory}";
        if (cell.Distances is not { Count: > 0 } distances)
        {
            output.Write($"{start}/>\n");
            return;
        }

        output.Write($"{start}>\n        <distances>\n");
        foreach (var to in distances)
        {
            output.Write($"          <sibling id='{to.Cell}' value='{to.Distance}'/>\n");
        }

        output.Write("        </distances>\n      </cell>\n");
    }
}
