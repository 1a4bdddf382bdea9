namespace NumaHistory.Recorder.Journal;

/// <summary>A source looked at a host: when, and whether it looked at its topology.</summary>
internal sealed record Looked(string Source, bool AtTopology, DateTimeOffset At);
