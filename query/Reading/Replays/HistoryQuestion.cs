using Npgsql;
using NumaHistory.Schema.ReadModel;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>
/// Every fact of hosts and of the guests that were ever on them, up to a moment: of all hosts, or of those that some guests were on and a
/// target. Known-at: only those recorded by then.
/// </summary>
internal sealed class HistoryQuestion(IReadOnlyCollection<Guid>? guests, string? target, When until) : IQuestion<IReadOnlyList<HistoryFact>>
{
    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(HistorySql.Text)
        .With(guests is null ? null : string.Join(',', guests))
        .With(target)
        .With(until.At)
        .With(until.KnownAt);

    public IReadOnlyList<HistoryFact> Read(NpgsqlDataReader reader)
    {
        var rows = new HistoryRows();
        while (reader.Read())
        {
            rows.Add(reader);
        }

        return rows.Facts();
    }
}
