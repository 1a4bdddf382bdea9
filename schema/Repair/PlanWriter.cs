using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Repair;

/// <summary>A proposal as a plan: what moves, when, whether memory follows, and through whom.</summary>
internal static class PlanWriter
{
    public static RepairPlan Of(FitQuestion question, FitReport report, GuestPins proposed, Verdict verdict, IReadOnlyList<Finding> left)
    {
        var before = question.Guest;
        var after = proposed with { Effective = null };
        var manager = before.ManagedBy;
        return new RepairPlan(
            verdict,
            RepairMoves.Between(before, after, report.Situation),
            after,
            RepairMoves.KiB(before, after),
            RepairMoves.SameMemory(before, after) || RepairMoves.IsLive(before, after) || report.Situation != Situation.Running,
            manager ?? "virsh",
            manager is null ? PlanCommands.Of(question, report.Situation, after) : [],
            [.. PlanNotes.Of(question, report, after), .. left.Select(finding => $"still {(finding.Verdict == Verdict.Broken ? "broken" : "degraded")}: {finding.Text}")]);
    }
}
