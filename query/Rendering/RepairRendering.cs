using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Repair;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Verdicts with what is proposed: the sentence, what would move, what has to be known, and what to type.</summary>
internal sealed class RepairRendering : IRendering<Repaired>
{
    public string[] Fields => ["guest", "host", "situation", "verdict", "after", "subject", "from", "to", "applies", "why"];

    public IEnumerable<object?[]> Records(Repaired item) => item.Repair.Plan is { Moves.Count: > 0 } plan
        ? plan.Moves.Select(move => Record(item, plan, move))
        : [Record(item, item.Repair.Plan, null)];

    public void Write(TextWriter output, IReadOnlyList<Repaired> items, Look look)
    {
        for (var i = 0; i < items.Count; i++)
        {
            output.Write(i > 0 ? "\n" : "");
            WriteOne(output, items[i], look);
        }
    }

    private static void WriteOne(TextWriter output, Repaired item, Look look)
    {
        Line(output, Paint.Verdict(item.Report.Verdict, Cleaned.Text(FitWording.Sentence(item.Report)), look));
        if (item.Repair.Plan is not { } plan)
        {
            Line(output, item.Report.Verdict == Verdict.Fits ? null : Cleaned.Text($"no repair: {item.Repair.Why}"));
            return;
        }

        Line(output, Paint.Verdict(plan.Verdict, plan.Verdict == Verdict.Fits ? "repair: so it fits" : "repair: so it is no longer broken", look));
        if (plan.Moves.Count > 0)
        {
            var table = new Table("move", "from", "to", "applies");
            foreach (var move in plan.Moves)
            {
                table.Row(move.Subject, move.From ?? "all", move.To ?? "all", move.Applies);
            }

            table.Write(output, look, (_, line) => line);
        }

        foreach (var note in plan.Notes)
        {
            Line(output, Cleaned.Text($"note: {note}"));
        }

        foreach (var command in plan.Commands)
        {
            Line(output, Cleaned.Text(command));
        }
    }

    private static void Line(TextWriter output, string? text) => output.Write(text is null ? "" : text + "\n");

    private static object?[] Record(Repaired item, RepairPlan? plan, RepairMove? move) =>
    [
        item.Report.Guest, item.Report.Host, FitWording.Of(item.Report.Situation), FitWording.Of(item.Report.Verdict),
        plan is null ? null : FitWording.Of(plan.Verdict), move?.Subject, move?.From, move?.To, move?.Applies, item.Repair.Why,
    ];
}
