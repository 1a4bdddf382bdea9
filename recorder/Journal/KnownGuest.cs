namespace NumaHistory.Recorder.Journal;

/// <summary>A guest that is recorded; Host is the key of the one it is on, null where nothing tells.</summary>
internal sealed record KnownGuest(Guid Id, string Name, string? Host);
