using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Where a guest fits: a line for each guest cell of each candidate; hosts that do not fit with every reason and the nearest change.</summary>
internal sealed class PlaceRendering(bool explain) : IRendering<PlacementAnswer>
{
    public string[] Fields => ["host", "score", "guestCell", "hostCell", "pins", "emulator", "reserved", "pageSizeKiB", "memoryKiB", "code", "text", "repair", "scoreParts"];

    public IEnumerable<object?[]> Records(PlacementAnswer item) => item.Candidates
        .SelectMany(one => one.Cells!.Select(cell => new object?[]
        {
            one.Host, one.Score, cell.GuestCell, cell.HostCell, Pins(cell), cell.Emulator, cell.Reserved, cell.PageSizeKiB, cell.MemoryKiB, null, null, null, ScoreWords.Of(one.ScoreParts),
        }))
        .Concat(item.Rejected.SelectMany(host => host.Findings.Select(finding => new object?[]
        {
            host.Host, null, null, null, null, null, null, null, null, finding.Code, finding.Text, finding.Repair, null,
        })));

    public void Write(TextWriter output, IReadOnlyList<PlacementAnswer> items, Look look)
    {
        foreach (var item in items)
        {
            if (item.Fits)
            {
                Candidates(output, item, look);
            }
            else
            {
                output.Write(item.Rejected.Any(host => !host.IsUnknown) || item.Rejected.Count == 0 ? "it fits nowhere\n" : "nobody can tell whether it fits\n");
            }

            foreach (var host in item.Rejected)
            {
                Rejected(output, host);
            }
        }
    }

    private void Candidates(TextWriter output, PlacementAnswer item, Look look)
    {
        var table = new Table("host", "score", "guest cell", "cell", "vcpu:cpus", "emulator", "reserved", "pages", "memory");
        foreach (var one in item.Candidates)
        {
            foreach (var cell in one.Cells!)
            {
                table.Row(
                    one.Host, one.Score, cell.GuestCell, cell.HostCell, Pins(cell), cell.Emulator?.ToString() ?? "", cell.Reserved?.ToString() ?? "",
                    cell.PageSizeKiB is { } size ? MemorySize.Print(size) : "", Show.Size(cell.MemoryKiB, look));
            }
        }

        table.Write(output, look);
        foreach (var one in explain ? item.Candidates : [])
        {
            output.Write(Cleaned.Text($"{one.Host} scores {Show.Number(one.Score)}: {ScoreWords.Of(one.ScoreParts)}") + "\n");
        }
    }

    private static void Rejected(TextWriter output, RejectedHost host)
    {
        output.Write(Cleaned.Text($"{host.Host} {(host.IsUnknown ? "may fit or not" : "does not fit")}:") + "\n");
        foreach (var finding in host.Findings.Where(finding => finding.Verdict != Verdict.Info))
        {
            output.Write(Cleaned.Text($"  {finding.Code}: {finding.Text}") + "\n");
        }

        var repairs = host.Findings.Where(finding => finding.Verdict != Verdict.Info).Select(finding => finding.Repair).OfType<string>().Distinct().ToList();
        if (repairs.Count > 0)
        {
            output.Write(Cleaned.Text($"  nearest change: {string.Join("; ", repairs)}") + "\n");
        }
    }

    // Neighbours with the same CPUs are written once: 0-3:4-7.
    private static string Pins(PlacedCell cell) => string.Join(
        ' ',
        cell.Pins!.GroupBy(pin => pin.Cpus!).Select(same => $"{Schema.Topology.CpuSet.Of(same.Select(pin => pin.Vcpu))}:{same.Key}"));
}
