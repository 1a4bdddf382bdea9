using NumaHistory.Schema.Events;

namespace NumaHistory.Recorder.Journal;

/// <summary>What came of a request to decide: the fact that was recorded, or the reasons against it; with force both.</summary>
internal sealed record Decided(IGuestFact? Fact, IReadOnlyList<string> Reasons);
