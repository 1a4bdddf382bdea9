using Npgsql;
using NumaHistory.Recorder.Sampling;
using NumaHistory.Recorder.Store;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>The cells of the host that is being recorded, read back from the store: drawn again with each sample on a terminal, else once.</summary>
internal sealed class LiveCells(
    OpenStore store, Recordings recording, SamplerOptions options, RecorderContext context, bool headers)
{
    private const string Gauge = """
        select cell, sampled_at, total_kib, free_kib, reclaimable_kib from numa.cell_now where host_key = $1 order by cell
        """;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows the cells until cancelled.</summary>
    public async Task ShowAsync(CancellationToken cancel)
    {
        try
        {
            var lines = await DrawAsync(await RecordedAsync(cancel), cancel);
            while (true)
            {
                await Task.Delay(options.Interval, context.Clock, cancel);
                if (context.OutIsTerminal)
                {
                    context.Out.Write($"\x1b[{lines}F\x1b[J");
                    lines = await DrawAsync(recording.HostKey!, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The time is over or somebody pressed Ctrl-C: the caller knows which.
        }
    }

    private async Task<string> RecordedAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (recording.HostKey is { } key && (await ReadAsync(key, cancel)).Count > 0)
            {
                return key;
            }

            await Task.Delay(Glance, context.Clock, cancel);
        }
    }

    private async Task<int> DrawAsync(string key, CancellationToken cancel)
    {
        var cells = await ReadAsync(key, cancel);
        await using var connection = await store.Source.OpenConnectionAsync(cancel);
        var state = await HostStates.LoadAsync(connection, key, cancel);
        var table = new Table(
            Column.Right("cell"), "cpus", Column.Right("total"), Column.Right("free"), Column.Right("used"), Column.Right("reclaimable"), "sampled");
        foreach (var cell in cells)
        {
            var cpus = state.Topology?.Find(cell.Id)?.Cpus?.ToString();
            table.Row(
                cell.Id, cpus, Size(cell.Total), Size(cell.Free), Size(cell.Total - cell.Free), Size(cell.Reclaimable), TimeText.Utc(cell.At));
        }

        context.Out.WriteLine($"{Cleaned.Text(state.Name)}: {cells.Count} {(cells.Count == 1 ? "cell" : "cells")}, every {Duration.Print(options.Interval)}");
        table.Write(context.Out, headers);
        await context.Out.FlushAsync(cancel);
        return table.Count + (headers ? 2 : 1);
    }

    private async Task<List<GaugeRow>> ReadAsync(string key, CancellationToken cancel)
    {
        await using var command = store.Source.CreateCommand(Gauge);
        command.Parameters.Add(new() { Value = key });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var cells = new List<GaugeRow>();
        while (await rows.ReadAsync(cancel))
        {
            cells.Add(new GaugeRow(rows.GetInt32(0), rows.GetFieldValue<DateTimeOffset>(1), Number(rows, 2), Number(rows, 3), Number(rows, 4)));
        }

        return cells;
    }

    private static long? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string? Size(long? kib) => kib is { } known ? MemorySize.Human(known) : null;

    private sealed record GaugeRow(int Id, DateTimeOffset At, long? Total, long? Free, long? Reclaimable);
}
