namespace NumaHistory.Schema.Replay;

/// <summary>
/// A stretch of observed time, its end excluded, in which a guest would have fitted or not, for the same reasons; null = nobody can tell, since
/// nothing was known or nobody looked. Because are the codes of all reasons, Text the worst of them at the beginning; none where it fits.
/// </summary>
public sealed record PlacementStretch(DateTimeOffset From, DateTimeOffset To, bool? Fits, IReadOnlyList<string> Because, string? Text)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;
}
