using System.CommandLine;
using NumaHistory.Recorder.Demo;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>up --demo: replays the bundled week, names what is planted in it and the commands that find it, and keeps the store up.</summary>
internal static class DemoScreen
{
    /// <summary>Replays what is missing and waits until it is time to stop; a stop by signal is the caller's to answer.</summary>
    public static async Task ShowAsync(
        OpenStore store, HeldStore held, DateTimeOffset end, ParseResult parsed, RecorderContext context, CancellationToken stop, CancellationToken cancel)
    {
        var minute = new DateTimeOffset(end.UtcTicks - (end.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var begin = await DemoStore.BeginAsync(store, cancel) ?? minute - DemoWeek.Length;
        await new DemoReplay(store, begin).RunAsync(cancel);
        context.Out.WriteLine(
            $"a week of three made-up hosts, {TimeText.Utc(begin)} to {TimeText.Utc(begin + DemoWeek.Length)}, is in the store; planted in it:");
        var table = new Table("what happened", "found by");
        foreach (var incident in DemoIncidents.All)
        {
            table.Row(incident.What, incident.Command);
        }

        table.Write(context.Out, !parsed.GetValue(context.Global.NoHeaders));
        var hosts = await DemoStore.HostsAsync(store, cancel);
        var guests = await GuestVerdictsNow.LoadAsync(store.Source, hosts, begin + DemoWeek.Length, cancel);
        context.Out.WriteLine(Cleaned.Text(FirstAnswer.Of(guests, hosts.Count, begin + DemoWeek.Length)));
        await context.Out.FlushAsync(cancel);
        if (!parsed.GetValue(context.Global.Quiet))
        {
            context.Error.WriteLine(held.Server is null
                ? "numa-recorder: begin with numa-history fit"
                : "numa-recorder: begin with numa-history fit in another terminal; Ctrl-C ends the store, numa-recorder store start brings it back");
        }

        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, stop);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The time of --for is over.
        }
    }
}
