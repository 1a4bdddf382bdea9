namespace NumaHistory.Recorder.Journal;

/// <summary>
/// The end of a stream while its lock is held: how many events it has and the hash of the last (null when empty, and for
/// blocks), with the server's time and user for what is appended next.
/// </summary>
internal sealed record StreamHead(long Version, string? Hash, DateTimeOffset Now, string DatabaseUser);
