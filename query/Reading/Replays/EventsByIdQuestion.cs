using Npgsql;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>Where do these events stand in the log, and who wrote them when?</summary>
internal sealed class EventsByIdQuestion(IEnumerable<Guid> ids) : IQuestion<IReadOnlyDictionary<Guid, EventPlace>>
{
    private const string Sql =
        """
        select e.id, e.position, e.type, e.observed_at, e.recorded_at, e.who, e.why, e.data::text
        from numa.event e
        where e.id = any (string_to_array($1, ',')::uuid[])
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(string.Join(',', ids));

    public IReadOnlyDictionary<Guid, EventPlace> Read(NpgsqlDataReader reader)
    {
        var places = new Dictionary<Guid, EventPlace>();
        while (reader.Read())
        {
            places[reader.GetGuid(0)] = new EventPlace(
                reader.GetInt64(1), reader.GetString(2), reader.At(3), reader.At(4), reader.Text(5), reader.Text(6), reader.Text(7));
        }

        return places;
    }
}
