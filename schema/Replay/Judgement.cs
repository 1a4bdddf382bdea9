using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// What of a report tells one stretch from the next: verdict and findings, INFO left out, how much memory is free left out too, since that is another
/// every hour; Because are their codes, Text is the worst.
/// </summary>
internal sealed record Judgement(Situation Situation, Verdict Verdict, IReadOnlyList<string> Because, string? Text)
{
    private static readonly string[] OfFreeMemory = ["memory-free", "memory-tight", "hugepages"];

    private IReadOnlyList<Finding> Counted { get; init; } = [];

    public static Judgement Of(FitReport report) => new(
        report.Situation,
        report.Verdict,
        report.Findings.Count == 0 ? [] : [.. report.Findings.Where(finding => finding.Verdict != Verdict.Info).Select(finding => finding.Code).Distinct()],
        report.Verdict == Verdict.Fits ? null : report.Findings.FirstOrDefault(finding => finding.Verdict == report.Verdict)?.Text)
    {
        Counted = report.Findings.Count == 0 ? [] : [.. report.Findings.Where(finding => finding.Verdict != Verdict.Info)],
    };

    public bool IsTheSameAs(Judgement other) => ReferenceEquals(this, other)
        || (other.Situation == Situation && other.Verdict == Verdict && other.Counted.Count == Counted.Count && other.Counted.Zip(Counted).All(pair => IsSame(pair.First, pair.Second)));

    private static bool IsSame(Finding left, Finding right) =>
        left.Code == right.Code && left.Verdict == right.Verdict && left.Subject == right.Subject && left.Saved == right.Saved
        && (left.Observed == right.Observed || Array.IndexOf(OfFreeMemory, left.Code) >= 0);
}
