using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Fleet;

namespace NumaHistory.Schema.Replay;

/// <summary>
/// What was recorded of hosts and guests: facts in any order, from the first one on; where memory is asked, the hours of every host in
/// order; when each host was last seen.
/// </summary>
public sealed record ReplayInput(IReadOnlyList<HistoryFact> Facts)
{
    /// <summary>By host key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<HourMemory>> Hours { get; init; } = new Dictionary<string, IReadOnlyList<HourMemory>>();

    /// <summary>What hosts would have been like.</summary>
    public HostEdits Edits { get; init; } = HostEdits.None;

    /// <summary>How often resources might be promised.</summary>
    public FitLimits Limits { get; init; } = FitLimits.None;

    /// <summary>The names of hosts by key, where nothing was recorded yet that tells them.</summary>
    public Func<string, string?> Name { get; init; } = _ => null;

    /// <summary>By host key.</summary>
    public IReadOnlyDictionary<string, HostWatch> Watches { get; init; } = new Dictionary<string, HostWatch>();
}
