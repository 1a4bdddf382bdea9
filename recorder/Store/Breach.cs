namespace NumaHistory.Recorder.Store;

/// <summary>A place where a store is not what was written: stream, version there, position in the store, and what is wrong.</summary>
internal sealed record Breach(string Stream, long? Version, long? Position, string What);
