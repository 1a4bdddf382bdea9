namespace NumaHistory.Recorder.Demo;

/// <summary>One thing that goes wrong in the demo's week, and the command that finds it.</summary>
internal sealed record DemoIncident(string What, string Command);
