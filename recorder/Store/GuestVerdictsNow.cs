using Npgsql;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.ReadModel;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Recorder.Store;

/// <summary>The verdicts on all guests of some hosts, as they run or as they would start, from everything that was recorded of them.</summary>
internal static class GuestVerdictsNow
{
    /// <summary>Replays the hosts up to now; memory is asked as the newest samples have it.</summary>
    public static async Task<IReadOnlyList<GuestVerdicts>> LoadAsync(
        NpgsqlDataSource source, IReadOnlyList<string> hosts, DateTimeOffset now, CancellationToken cancel)
    {
        var hours = new Dictionary<string, IReadOnlyList<HourMemory>>();
        foreach (var host in hosts)
        {
            if (await Gauge.LoadAsync(source, host, cancel) is { } sample)
            {
                hours[host] = [new HourMemory(sample.At, new ObservedMemory(sample.Cells))];
            }
        }

        var history = new HistoryRows();
        await using var command = source.CreateCommand(HistorySql.Text);
        command.Parameters.Add(new() { Value = "" });
        command.Parameters.Add(new() { Value = string.Join(',', hosts) });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            history.Add(rows);
        }

        var input = new ReplayInput(history.Facts()) { Hours = hours };
        // Of what runs and what will start, the worse counts.
        return
        [
            .. Now(new ReplayQuestion(DateTimeOffset.MinValue, now))
                .Concat(Now(new ReplayQuestion(DateTimeOffset.MinValue, now, Situation: Situation.Start)))
                .GroupBy(guest => guest.Guest)
                .Select(guest => guest.MaxBy(verdicts => verdicts.Intervals[^1].Verdict)!),
        ];

        IEnumerable<GuestVerdicts> Now(ReplayQuestion question) => Replayer.Run(input, question)
            .Where(guest => guest.Intervals[^1].To == now && hosts.Contains(guest.Intervals[^1].Host));
    }
}
