using NumaHistory.Schema.Fit;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// Which stretch to replay, for which guests (null: all), on which host (key; null: where each is), in which situation (null: as it runs, else as
/// it would start). Named = somebody asks about the end of the stretch; else it is now.
/// </summary>
public sealed record ReplayQuestion(
    DateTimeOffset Since,
    DateTimeOffset Until,
    IReadOnlySet<Guid>? Guests = null,
    string? Target = null,
    Situation? Situation = null,
    bool IsNamed = false)
{
    /// <summary>Whether it is about what was decided of each guest, on the host where that holds, also while something else runs.</summary>
    public bool IsOfDecision { get; init; }
}
