using System.CommandLine;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>--dry-run: print what would be recorded, without a store.</summary>
internal static class DryRun
{
    public static Option<bool> Option() => new("--dry-run") { Description = "Print the observation; needs no store" };

    public static void RefuseWithoutStore(bool records, RecordObservations? record)
    {
        if (records && record is null)
        {
            throw new Refusal(
                ExitCode.StoreUnreachable, "there is no store to record into", "--dry-run prints the observation instead");
        }
    }
}
