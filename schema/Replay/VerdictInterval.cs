using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// A stretch of observed time, its end excluded, in which a guest's verdict and the findings behind it (INFO left out) stayed the same but for how much
/// memory is free. Because are their codes, Text the worst at its beginning, null where it fits, and Question what was judged then; By holds the facts of that instant on which it
/// rests, none where the stretch begins because somebody asked.
/// </summary>
public sealed record VerdictInterval(
    DateTimeOffset From,
    DateTimeOffset To,
    string Host,
    Situation Situation,
    Verdict Verdict,
    IReadOnlyList<string> Because,
    string? Text,
    FitQuestion Question,
    IReadOnlyList<HistoryFact> By)
{
    /// <summary>Whether nothing is known here because nobody looked.</summary>
    public bool IsSilent => Verdict == Verdict.Unknown && Because is ["stale"];

    /// <summary>The verdict at its beginning with all findings; made for whoever asks.</summary>
    public FitReport Report() => FitCheck.Check(Question);
}
