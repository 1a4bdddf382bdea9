using NumaHistory.Schema.Pinning;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Everything a verdict depends on. Situation null = running when the guest is seen running, else start. Context null = it was not
/// kept. Others are the pinnings of the other guests of that host; the guest itself, where it is among them, is not its own rival.
/// HoldsMemoryThere = it runs on that host now, so that a start there gets back what it has.
/// </summary>
public sealed record FitQuestion(
    GuestPins Guest,
    FitHost Host,
    Situation? Situation = null,
    FitContext? Context = null,
    IReadOnlyList<GuestPins>? Others = null,
    FitLimits? Limits = null,
    FitEvidence? Evidence = null,
    DateTimeOffset? At = null,
    bool HoldsMemoryThere = false)
{
    /// <summary>The other guests; empty where none are known.</summary>
    public IReadOnlyList<GuestPins> Others { get; init; } = Others ?? [];

    /// <summary>No further limits where none are given.</summary>
    public FitLimits Limits { get; init; } = Limits ?? FitLimits.None;

    /// <summary>No proof where none is given.</summary>
    public FitEvidence Evidence { get; init; } = Evidence ?? FitEvidence.None;

    /// <summary>
    /// The layer of the same guest on that host that comes after the one that is judged: the definition of a running guest or of a saved
    /// image, the saved image that a start takes instead of the definition; null = there is none.
    /// </summary>
    public GuestPins? OtherLayer { get; init; }

    /// <summary>What somebody decided for that host and the judged layer does not carry out; null = nothing.</summary>
    public UndoneDecision? Undone { get; init; }

    /// <summary>Where the pinning as a whole was made nowhere yet, what is known of a part of it; null = nothing.</summary>
    public KeptContext? Kept { get; init; }

    /// <summary>Names of other hosts that hold a definition of the guest and do not run it.</summary>
    public IReadOnlyList<string> DefinedElsewhere { get; init; } = [];
}
