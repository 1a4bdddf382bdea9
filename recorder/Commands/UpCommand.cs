using System.CommandLine;
using NumaHistory.Recorder.Sampling;
using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>up: a store and a sampler of this machine in the foreground, and its cells as the store has them.</summary>
internal static class UpCommand
{
    public static Command Build(RecorderContext context)
    {
        var arguments = new SamplerArguments();
        var length = DurationOption.Optional("--for", "Stop by itself after this long");
        var up = new Command("up", "Record this machine on a private store and show its cells");
        arguments.AddTo(up);
        var demo = new Option<bool>("--demo") { Description = "Replay a week of three made-up hosts with planted incidents instead" };
        var until = new Option<string?>("--at") { Description = "When the demo's week ends (default now)", HelpName = "TIME" };
        up.Options.Add(length);
        up.Options.Add(demo);
        up.Options.Add(until);
        up.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(until) is not null && !parsed.GetValue(demo))
            {
                throw new Refusal(ExitCode.Usage, "--at goes with --demo; a machine is recorded as it is now");
            }

            var options = arguments.Options(parsed);
            var sources = arguments.Sources(parsed, LocalHypervisor.Connection(context.Environment));
            var by = StoreRecording.Recorder(context);
            await using var held = await StoreConnection.HoldAsync(
                parsed, context, (connection, stop) => StoreMigration.RunAsync(connection, by.Program, stop), cancel);
            await using var store = await OpenStore.OpenAsync(held.Connection, by, cancel);
            using var time = new CancellationTokenSource(parsed.GetValue(length) ?? Timeout.InfiniteTimeSpan, context.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
            if (parsed.GetValue(demo))
            {
                await DemoScreen.ShowAsync(store, held, ImportMoment.Parse(context, parsed, parsed.GetValue(until)), parsed, context, either.Token, cancel);
                return (int)ExitCode.Yes;
            }

            using var logs = Logs.Create(context, parsed);
            await using var recordings = await StartAsync(sources, store, options, context, logs, cancel);
            var screen = new LiveCells(store, recordings, options, context, !parsed.GetValue(context.Global.NoHeaders));
            await screen.ShowAsync(either.Token);
            cancel.ThrowIfCancellationRequested();
            if (!parsed.GetValue(context.Global.Quiet))
            {
                context.Error.WriteLine(held.Server is null
                    ? "numa-recorder: recorded; next: numa-history cells"
                    : "numa-recorder: recorded; next: numa-recorder store start, then numa-history cells");
            }

            return (int)ExitCode.Yes;
        });
        return up;
    }

    private static async Task<Recordings> StartAsync(
        RecordedSources sources, OpenStore store, SamplerOptions options, RecorderContext context, Logs logs, CancellationToken cancel)
    {
        try
        {
            return await Recordings.StartAsync(sources, store, options, context.Clock, logs.Logger, cancel);
        }
        catch (SourceUnusableException unusable)
        {
            throw new Refusal(ExitCode.SourceUnusable, unusable.Message, unusable.Hint, unusable);
        }
    }
}
