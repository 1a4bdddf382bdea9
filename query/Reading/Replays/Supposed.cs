using NumaHistory.Schema.Fit;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>What somebody supposes of a past that was recorded: hosts as they would have been, and how often resources might be promised.</summary>
internal sealed record Supposed(HostEdits Edits, FitLimits Limits)
{
    /// <summary>The past as it was.</summary>
    public static readonly Supposed Nothing = new(HostEdits.None, FitLimits.None);
}
