using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>From when to when had each host been seen, as of a moment?</summary>
internal sealed class SeenQuestion(When when)
    : IQuestion<IReadOnlyDictionary<string, (DateTimeOffset First, DateTimeOffset Last)>>
{
    private const string Sql =
        """
        select host_key, min(first_at), max(last_at)
        from (
            select f.host_key, f.observed_at as first_at, f.observed_at as last_at
            from numa.fact f
            where f.observed_at <= $1
            union all
            select b.host, b.first_at, least(b.last_at, $1)
            from numa.memory_block b
            where b.first_at <= $1
        ) seen
        group by host_key
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(when.At ?? when.KnownAt);

    public IReadOnlyDictionary<string, (DateTimeOffset First, DateTimeOffset Last)> Read(NpgsqlDataReader reader)
    {
        var seen = new Dictionary<string, (DateTimeOffset, DateTimeOffset)>();
        while (reader.Read())
        {
            seen[reader.GetString(0)] = (reader.At(1), reader.At(2));
        }

        return seen;
    }
}
