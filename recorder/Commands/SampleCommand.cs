using System.CommandLine;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>sample: one observation now.</summary>
internal static class SampleCommand
{
    private static readonly string[] Sources = ["auto", SysfsSource.SourceName, "libvirt", "xen"];

    public static Command Build(RecorderContext context, RecordObservations record)
    {
        var source = GlobalOptions.Choice("--source", "Where to look", "auto", Sources);
        var root = new Option<string>("--sysfs-root")
        {
            Description = "The folder that holds sys/ and proc/",
            HelpName = "DIR",
            DefaultValueFactory = _ => "/",
        };
        var host = HostOption.Create();
        var dryRun = DryRun.Option();
        var command = new Command("sample", "One observation of a host, now") { source, root, host, dryRun };
        command.SetAction(async (parsed, cancel) =>
        {
            var form = parsed.GetValue(dryRun) ? ObservationOutput.Form(context, parsed) : null;
            RefuseSource(parsed.GetValue(source)!);
            var seen = await ReadAsync(
                new SysfsSource(parsed.GetValue(root)!, parsed.GetValue(host), context.Clock), cancel);
            if (form is null)
            {
                return (int)await record(parsed, [seen.Observation!], cancel);
            }

            ObservationOutput.Write(context, parsed, [seen], seen.Observation!.ObservedAt);
            return (int)ExitCode.Yes;
        });
        return command;
    }

    private static void RefuseSource(string source)
    {
        if (source is not ("auto" or SysfsSource.SourceName))
        {
            throw new Refusal(
                ExitCode.Usage, $"--source {source}: not read yet; sysfs and auto are",
                "numa-recorder sample --source sysfs");
        }
    }

    private static async Task<ImportItem> ReadAsync(ISource source, CancellationToken cancel)
    {
        try
        {
            var observation = await source.ReadAsync(cancel);
            return new ImportItem(observation.File ?? "/", observation);
        }
        catch (SourceUnusableException unusable)
        {
            throw new Refusal(ExitCode.SourceUnusable, unusable.Message, unusable.Hint, unusable);
        }
    }
}
