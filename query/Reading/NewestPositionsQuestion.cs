using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>Which are the newest so many events, by position?</summary>
internal sealed class NewestPositionsQuestion(int count) : IQuestion<IReadOnlyList<(Guid Id, long Position)>>
{
    public NpgsqlBatchCommand Ask() =>
        new NpgsqlBatchCommand("select id, position from numa.event where position > (select coalesce(max(position), 0) from numa.event) - $1").With((long)count);

    public IReadOnlyList<(Guid Id, long Position)> Read(NpgsqlDataReader reader)
    {
        var events = new List<(Guid, long)>();
        while (reader.Read())
        {
            events.Add((reader.GetGuid(0), reader.GetInt64(1)));
        }

        return events;
    }
}
