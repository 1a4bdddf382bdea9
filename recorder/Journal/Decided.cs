using NumaHistory.Schema.Events;

namespace NumaHistory.Recorder.Journal;

/// <summary>What came of a request to decide: the fact that was recorded, or the reasons against it; with force both. Notes are what will not work
/// of what was recorded.</summary>
internal sealed record Decided(IGuestFact? Fact, IReadOnlyList<string> Reasons)
{
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether force would record it against the reasons.</summary>
    public bool IsForceable { get; init; } = true;
}
