namespace NumaHistory.Recorder.Journal;

/// <summary>
/// Who wrote an event: the login user, the machine and the program; stored beside every event, never inside it. Origin is where it came from,
/// null for what was seen or decided at the time.
/// </summary>
internal sealed record RecordedBy(string User, string Machine, string Program, string? Origin = null);
