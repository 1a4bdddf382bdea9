using Npgsql;
using NumaHistory.Schema.Fleet;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Which sources of which hosts took no samples around a moment, as far as it was recorded by then, and from when until when?</summary>
internal sealed class GapsQuestion(DateTimeOffset at, DateTimeOffset? knownAt) : IQuestion<ILookup<string, Silence>>
{
    private const string Sql =
        """
        select f.host_key, f.source, (e.data ->> 'from')::timestamptz, f.observed_at
        from numa.fact f join numa.event e on e.id = f.event_id
        where f.facet = 'gap' and f.observed_at > $1 and (e.data ->> 'from')::timestamptz < $1
          and e.recorded_at <= coalesce($2, 'infinity')
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(at).With(knownAt);

    public ILookup<string, Silence> Read(NpgsqlDataReader reader)
    {
        var gaps = new List<(string Host, Silence Gap)>();
        while (reader.Read())
        {
            gaps.Add((reader.GetString(0), new Silence(reader.GetString(1), reader.At(2), reader.At(3))));
        }

        return gaps.ToLookup(gap => gap.Host, gap => gap.Gap);
    }
}
