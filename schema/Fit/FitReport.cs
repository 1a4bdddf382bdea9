namespace NumaHistory.Schema.Fit;

/// <summary>
/// The verdict on one pinning on one host at one moment, with every finding, worst first (CLI.md, FitReport). At null = the
/// question came without a moment. Rules is the version of the rules that judged.
/// </summary>
public sealed record FitReport(
    string Guest,
    string Host,
    DateTimeOffset? At,
    Situation Situation,
    int Rules,
    Verdict Verdict,
    IReadOnlyList<Finding> Findings);
