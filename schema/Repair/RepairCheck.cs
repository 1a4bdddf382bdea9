using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Repair;

/// <summary>
/// The verdict on a proposal. It is made on the machine as it is, so what has changed since is accepted; but what the old pinning was
/// not excused for is not excused now, and cells may not be further apart than they were.
/// </summary>
internal static class RepairCheck
{
    public static (Verdict Verdict, IReadOnlyList<Finding> Left) Judge(FitQuestion question, FitReport report, GuestPins proposed)
    {
        var isBindingSame = RepairMoves.SameMemory(question.Guest, proposed);
        var applied = question with
        {
            Guest = proposed with
            {
                Effective = question.Guest.Effective is { } effective && isBindingSame
                    ? new EffectivePinning(Memory: effective.Memory, MemoryCells: effective.MemoryCells)
                    : null,
            },
            OtherLayer = null,
            Undone = null,
            Context = null,
            Kept = null,
        };
        // What was meant so is worse than it could be, never impossible.
        var meant = report.Findings.Where(finding => finding.Verdict == Verdict.Info).Select(finding => (finding.Code, finding.Subject)).ToHashSet();
        List<Finding> left =
        [
            .. FitCheck.Check(applied).Findings
                .Where(finding => finding.Verdict > Verdict.Fits && !(finding.Verdict == Verdict.Degraded && meant.Contains((finding.Code, finding.Subject)))),
            .. question.Context is null || question.Context.Topology is null
                ? []
                : FitCheck.Check(applied with { Context = question.Context }).Findings
                    .Where(finding => finding is { Code: "distance-worse", Verdict: > Verdict.Fits }),
        ];
        return (left.Select(finding => finding.Verdict).Append(Verdict.Fits).Max(), left);
    }
}
