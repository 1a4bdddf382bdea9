using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources;

/// <summary>
/// What came of one document: an observation of a host, guests that it defines, or the reason why there is neither and what
/// could be done.
/// </summary>
public sealed record ImportItem(string File, Observation? Observation, string? Error = null, string? Hint = null)
{
    /// <summary>The guests of a domain document; null for other documents.</summary>
    public IReadOnlyList<GuestDocument>? Guests { get; init; }
}
