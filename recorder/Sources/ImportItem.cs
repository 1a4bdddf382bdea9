using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources;

/// <summary>
/// What came of one document: an observation, or the reason why there is none and what could be done.
/// </summary>
public sealed record ImportItem(string File, Observation? Observation, string? Error = null, string? Hint = null);
