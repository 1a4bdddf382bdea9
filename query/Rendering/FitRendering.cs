using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>
/// Verdicts: one report as a sentence, its findings and its remedies; several as one line each, worst first, in full where wide is
/// asked for.
/// </summary>
internal sealed class FitRendering : IRendering<FitReport>
{
    public string[] Fields =>
    [
        "guest", "host", "at", "situation", "verdict", "code", "finding", "subject", "saved", "observed", "text", "repair",
    ];

    public IEnumerable<object?[]> Records(FitReport item) => item.Findings.Count == 0
        ? [Record(item, null)]
        : item.Findings.Select(finding => Record(item, finding));

    public void Write(TextWriter output, IReadOnlyList<FitReport> items, Look look)
    {
        if (items.Count > 1)
        {
            WriteList(output, items, look);
        }

        foreach (var item in items.Count == 1 || look.Wide ? items : [])
        {
            WriteOne(output, item, look);
        }
    }

    private static void WriteList(TextWriter output, IReadOnlyList<FitReport> items, Look look)
    {
        var table = new Table("guest", "host", "situation", "verdict", "because");
        foreach (var item in items)
        {
            table.Row(item.Guest, item.Host, FitWording.Of(item.Situation), FitWording.Of(item.Verdict), FitWording.Reason(item) ?? "");
        }

        table.Write(output, look, (row, line) => Paint.Verdict(items[row].Verdict, line, look));
    }

    private static void WriteOne(TextWriter output, FitReport item, Look look)
    {
        output.Write(Paint.Verdict(item.Verdict, Cleaned.Text(FitWording.Sentence(item)), look) + "\n");
        if (item.Findings.Count == 0)
        {
            return;
        }

        var table = new Table("verdict", "code", "subject", "saved", "observed", "finding");
        foreach (var finding in item.Findings)
        {
            table.Row(
                FitWording.Of(finding.Verdict), finding.Code, finding.Subject, finding.Saved ?? "", finding.Observed ?? "", finding.Text);
        }

        table.Write(output, look, (row, line) => Paint.Verdict(item.Findings[row].Verdict, line, look));
        foreach (var repair in item.Findings
            .Where(finding => finding is { Repair: not null, Verdict: not Verdict.Info })
            .GroupBy(finding => finding.Repair, finding => finding.Subject))
        {
            output.Write(Cleaned.Text($"repair ({string.Join(", ", repair)}): {repair.Key}") + "\n");
        }
    }

    private static object?[] Record(FitReport item, Finding? finding) =>
    [
        item.Guest, item.Host, item.At, FitWording.Of(item.Situation), FitWording.Of(item.Verdict), finding?.Code,
        finding is null ? null : FitWording.Of(finding.Verdict), finding?.Subject, finding?.Saved, finding?.Observed, finding?.Text, finding?.Repair,
    ];
}
