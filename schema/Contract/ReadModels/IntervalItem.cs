using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Contract.ReadModels;

/// <summary>
/// A stretch of observed time, its end excluded, in which a verdict stayed the same: the codes behind it, the worst finding in words (null: it fits),
/// and the events at its beginning on which it rests.
/// </summary>
public sealed record IntervalItem(
    DateTimeOffset From,
    DateTimeOffset To,
    Verdict Verdict,
    IReadOnlyList<string> Because,
    string Host,
    Situation Situation,
    string? Text,
    IReadOnlyList<Guid> Events);
