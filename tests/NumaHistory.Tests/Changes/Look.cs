using NumaHistory.Schema.Events;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Tests.Changes;

/// <summary>What one attempt to look at a host came to: an observation, or null for a failure.</summary>
public sealed record Look(string Source, DateTimeOffset At, Observation? Seen)
{
    public SourceFailed Failure => new("h1", Source, "gone", At);
}
