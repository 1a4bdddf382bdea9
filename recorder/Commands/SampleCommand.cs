using System.CommandLine;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>sample: one observation now, of this machine or of each host that a connection leads to.</summary>
internal static class SampleCommand
{
    public static Command Build(RecorderContext context, RecordObservations record)
    {
        var sources = new SampleSources();
        var dryRun = DryRun.Option();
        var command = new Command("sample", "One observation of a host, now") { dryRun };
        sources.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var form = parsed.GetValue(dryRun) ? ObservationOutput.Form(context, parsed) : null;
            var items = await sources.ReadAsync(parsed, context.Clock, cancel);
            if (items is [{ Error: { } error }])
            {
                throw new Refusal(ExitCode.SourceUnusable, error, items[0].Hint);
            }

            if (form is null)
            {
                return (int)await ItemOutcome.RecordAsync(context, parsed, items, null, record, cancel);
            }

            ObservationOutput.Write(context, parsed, items, context.Clock.GetUtcNow());
            return (int)ItemOutcome.Complain(context, items);
        });
        return command;
    }
}
