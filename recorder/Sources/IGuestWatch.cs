using NumaHistory.Schema.Observing;

namespace NumaHistory.Recorder.Sources;

/// <summary>A source whose guests can be looked at alone, for a small part of what a whole look costs.</summary>
public interface IGuestWatch : ISource
{
    /// <summary>The guests as they are now, on the host as the last whole look saw it; null = there was none yet.</summary>
    Observation? LookAtGuests();
}
