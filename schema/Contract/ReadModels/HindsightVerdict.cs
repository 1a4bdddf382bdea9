using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>One of the two verdicts on a past decision, with every finding.</summary>
public sealed record HindsightVerdict(Verdict Verdict, IReadOnlyList<Finding> Findings);
