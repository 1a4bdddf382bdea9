using NumaHistory.Recorder.Sampling;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>
/// The cells of the hosts that are being recorded and what became of their guests, read back from the store: drawn again with each sample
/// on a terminal, else once.
/// </summary>
internal sealed class LiveCells(
    OpenStore store, Recordings recordings, SamplerOptions options, RecorderContext context, bool headers)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows the cells until cancelled.</summary>
    public async Task ShowAsync(CancellationToken cancel)
    {
        try
        {
            while (!recordings.HasBegun)
            {
                await Task.Delay(Glance, context.Clock, cancel);
            }

            var lines = await DrawAsync(cancel);
            while (true)
            {
                await Task.Delay(options.Interval, context.Clock, cancel);
                if (context.OutIsTerminal)
                {
                    context.Out.Write($"\x1b[{lines}F\x1b[J");
                    lines = await DrawAsync(cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The time is over or somebody pressed Ctrl-C: the caller knows which.
        }
    }

    // Drawn in one write, and counted in rows of the terminal: a line may be longer than one.
    private async Task<int> DrawAsync(CancellationToken cancel)
    {
        var hosts = recordings.HostKeys;
        var cells = 0;
        using var screen = new StringWriter { NewLine = "\n" };
        foreach (var host in hosts)
        {
            cells += await DrawAsync(screen, host, cancel);
        }

        var now = context.Clock.GetUtcNow();
        var guests = await GuestVerdictsNow.LoadAsync(store.Source, hosts, now, cancel);
        screen.WriteLine(Cleaned.Text(FirstAnswer.Of(guests, cells, now)));
        context.Out.Write(screen.ToString());
        await context.Out.FlushAsync(cancel);
        var width = context.OutIsTerminal ? Math.Max(1, Console.WindowWidth) : int.MaxValue;
        return screen.ToString().TrimEnd('\n').Split('\n').Sum(line => 1 + (Math.Max(0, line.Length - 1) / width));
    }

    private async Task<int> DrawAsync(TextWriter screen, string host, CancellationToken cancel)
    {
        var sample = await Gauge.LoadAsync(store.Source, host, cancel);
        await using var connection = await store.Source.OpenConnectionAsync(cancel);
        var state = await HostStates.LoadAsync(connection, host, cancel);
        var table = new Table(
            Column.Right("cell"), "cpus", Column.Right("total"), Column.Right("free"), Column.Right("used"), Column.Right("reclaimable"), "sampled");
        foreach (var cell in sample?.Cells ?? [])
        {
            var cpus = state.Topology?.Find(cell.Id)?.Cpus?.ToString();
            table.Row(
                cell.Id, cpus, Size(cell.TotalKiB), Size(cell.FreeKiB), Size(cell.TotalKiB - cell.FreeKiB), Size(cell.ReclaimableKiB), TimeText.Utc(sample!.At));
        }

        screen.WriteLine($"{Cleaned.Text(state.Name)}: {table.Count} {(table.Count == 1 ? "cell" : "cells")}, every {Duration.Print(options.Interval)}");
        if (table.Count > 0)
        {
            table.Write(screen, headers);
        }

        return table.Count;
    }

    private static string? Size(long? kib) => kib is { } known ? MemorySize.Human(known) : null;
}
