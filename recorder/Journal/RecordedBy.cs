namespace NumaHistory.Recorder.Journal;

/// <summary>Who wrote an event: the login user, the machine and the program; stored beside every event, never inside it.</summary>
internal sealed record RecordedBy(string User, string Machine, string Program);
