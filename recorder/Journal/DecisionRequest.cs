using NumaHistory.Schema.Pinning;

namespace NumaHistory.Recorder.Journal;

/// <summary>What somebody wants to decide: the guest as named, its pinning, and who says so why.</summary>
internal sealed record DecisionRequest(
    string Guest,
    string? Uuid,
    string Host,
    GuestPins Pins,
    string By,
    string Why,
    string Origin,
    bool Force,
    IReadOnlyList<RejectedAlternative> Rejected,
    DateTimeOffset At)
{
    /// <summary>The newest event that an accepted proposal rests on; null = none was accepted, or it does not say.</summary>
    public long? Position { get; init; }

    /// <summary>The moment for which an accepted proposal was made; null = none was accepted, or it does not say.</summary>
    public DateTimeOffset? ProposedAt { get; init; }
}
