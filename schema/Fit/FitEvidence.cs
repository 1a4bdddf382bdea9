namespace NumaHistory.Schema.Fit;

/// <summary>
/// Where the facts of a question come from: ids of the events that hold structure, capacity, memory and pinning, for the proof of
/// findings. Stale = why the facts are too old to judge by, as a clause; null = they are not. SettledKiB = per cell the totals that
/// this host's own boots settled at, from which its usual drift is learned.
/// </summary>
public sealed record FitEvidence(
    IReadOnlyList<Guid> Structure,
    IReadOnlyList<Guid> Capacity,
    IReadOnlyList<Guid> Memory,
    IReadOnlyList<Guid> Pinning,
    string? Stale = null,
    IReadOnlyDictionary<int, IReadOnlyList<long>>? SettledKiB = null)
{
    /// <summary>A question whose facts come from files: nothing to point at.</summary>
    public static readonly FitEvidence None = new([], [], [], []);
}
