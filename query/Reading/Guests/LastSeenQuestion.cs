using Npgsql;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>When was each host last seen, by what was recorded until a moment?</summary>
internal sealed class LastSeenQuestion(DateTimeOffset knownAt) : IQuestion<IReadOnlyDictionary<string, DateTimeOffset>>
{
    private const string Sql =
        """
        select s.host_key, max(s.at)
        from (select event_id, host_key, observed_at as at from numa.fact union all select event_id, host_key, last_at from numa.block) s
        join numa.event e on e.id = s.event_id
        where e.recorded_at <= $1
        group by s.host_key
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(knownAt);

    public IReadOnlyDictionary<string, DateTimeOffset> Read(NpgsqlDataReader reader)
    {
        var seen = new Dictionary<string, DateTimeOffset>();
        while (reader.Read())
        {
            seen[reader.GetString(0)] = reader.At(1);
        }

        return seen;
    }
}
