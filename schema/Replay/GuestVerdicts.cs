namespace NumaHistory.Schema.Replay;

/// <summary>The verdicts on one guest over a stretch of time, in order; there are holes where it was nowhere.</summary>
public sealed record GuestVerdicts(Guid Guest, string Name, IReadOnlyList<VerdictInterval> Intervals);
