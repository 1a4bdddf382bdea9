using System.CommandLine;
using Microsoft.Extensions.Hosting.Systemd;
using NumaHistory.Recorder.Sampling;
using NumaHistory.Recorder.Sources;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>run: the service. Samples and appends until it is stopped; systemd is told when it works and when it stops.</summary>
internal static class RunCommand
{
    public static Command Build(RecorderContext context)
    {
        var arguments = new SamplerArguments();
        var listen = new Option<string?>("--listen")
        {
            Description = "Answer /healthz and /readyz here, such as 127.0.0.1:9555",
            HelpName = "ADDRESS:PORT",
        };
        var run = new Command("run", "The service: sample this machine, or hosts over libvirt, until stopped");
        arguments.AddTo(run);
        run.Options.Add(listen);
        run.SetAction(async (parsed, cancel) =>
        {
            var options = arguments.Options(parsed);
            var sources = arguments.Sources(parsed, detected: null);
            await using var store = await StoreRecording.OpenAsync(parsed, context, cancel);
            using var logs = Logs.Create(context, parsed);
            try
            {
                await using var recordings = await Recordings.StartAsync(sources, store, options, context.Clock, logs.Logger, cancel);
                await using var health = HealthEndpoint.Start(parsed.GetValue(listen), recordings);
                var systemd = new SystemdNotifier();
                systemd.Notify(ServiceState.Ready);
                await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
                systemd.Notify(ServiceState.Stopping);
            }
            catch (SourceUnusableException unusable)
            {
                throw new Refusal(ExitCode.SourceUnusable, unusable.Message, unusable.Hint, unusable);
            }

            cancel.ThrowIfCancellationRequested();
            return (int)ExitCode.Yes;
        });
        return run;
    }
}
