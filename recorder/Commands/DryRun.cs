using System.CommandLine;

namespace NumaHistory.Recorder.Commands;

/// <summary>--dry-run: print what would be recorded, without a store.</summary>
internal static class DryRun
{
    public static Option<bool> Option() => new("--dry-run") { Description = "Print the observation; needs no store" };
}
