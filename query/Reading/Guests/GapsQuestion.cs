using Npgsql;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Which hosts were not sampled at a moment, and from when until when?</summary>
internal sealed class GapsQuestion(DateTimeOffset at) : IQuestion<IReadOnlyDictionary<string, (DateTimeOffset From, DateTimeOffset To)>>
{
    private const string Sql =
        """
        select f.host_key, (e.data ->> 'from')::timestamptz, f.observed_at
        from numa.fact f join numa.event e on e.id = f.event_id
        where f.facet = 'gap' and f.observed_at > $1 and (e.data ->> 'from')::timestamptz < $1
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(at);

    public IReadOnlyDictionary<string, (DateTimeOffset From, DateTimeOffset To)> Read(NpgsqlDataReader reader)
    {
        var gaps = new Dictionary<string, (DateTimeOffset From, DateTimeOffset To)>();
        while (reader.Read())
        {
            gaps[reader.GetString(0)] = (reader.At(1), reader.At(2));
        }

        return gaps;
    }
}
