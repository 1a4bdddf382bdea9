using Npgsql;
using NumaHistory.Schema.Fleet;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Which sources of which hosts took no samples around a moment, and from when until when?</summary>
internal sealed class GapsQuestion(DateTimeOffset at) : IQuestion<ILookup<string, Silence>>
{
    private const string Sql =
        """
        select f.host_key, f.source, (e.data ->> 'from')::timestamptz, f.observed_at
        from numa.fact f join numa.event e on e.id = f.event_id
        where f.facet = 'gap' and f.observed_at > $1 and (e.data ->> 'from')::timestamptz < $1
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(at);

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
