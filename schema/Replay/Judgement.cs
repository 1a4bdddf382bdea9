using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Replay;

/// <summary>What of a report tells one stretch from the next: verdict and codes, INFO left out; Text is its worst finding.</summary>
internal sealed record Judgement(Situation Situation, Verdict Verdict, IReadOnlyList<string> Because, string? Text)
{
    public static Judgement Of(FitReport report) => new(
        report.Situation,
        report.Verdict,
        report.Findings.Count == 0 ? [] : [.. report.Findings.Where(finding => finding.Verdict != Verdict.Info).Select(finding => finding.Code).Distinct()],
        report.Verdict == Verdict.Fits ? null : report.Findings.FirstOrDefault(finding => finding.Verdict == report.Verdict)?.Text);

    public bool IsOfTheSame(VerdictInterval interval) =>
        interval.Situation == Situation && interval.Verdict == Verdict && interval.Because.SequenceEqual(Because);
}
