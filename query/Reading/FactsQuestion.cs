using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;

namespace NumaHistory.Query.Reading;

/// <summary>
/// The newest facts of every facet and source as of a moment: what a fold needs to know a host then. Facts of one
/// instant all come, the fold decides between them.
/// </summary>
internal sealed class FactsQuestion(string? host, When when) : IQuestion<IReadOnlyList<RecordedFact>>
{
    private const string Sql =
        $"""
        select n.host_key, e.id, e.type, e.data::text
        from (
            select f.host_key, f.event_id,
                   rank() over (partition by f.host_key, f.facet, f.source order by f.observed_at desc) as place
            from numa.fact f
            where f.host_key in {HostFilter.Keys} and f.observed_at <= coalesce($2, 'infinity')
        ) n
        join numa.event e on e.id = n.event_id
        where n.place = 1
        """;

    private const string KnownSql =
        $"""
        select n.host_key, n.id, n.type, n.data::text
        from (
            select f.host_key, e.id, e.type, e.data,
                   rank() over (partition by f.host_key, f.facet, f.source order by f.observed_at desc) as place
            from numa.fact f
            join numa.event e on e.id = f.event_id
            where f.host_key in {HostFilter.Keys} and f.observed_at <= coalesce($2, 'infinity') and e.recorded_at <= $3
        ) n
        where n.place = 1
        """;

    public NpgsqlBatchCommand Ask() => when.KnownAt is null
        ? new NpgsqlBatchCommand(Sql).With(host).With(when.At)
        : new NpgsqlBatchCommand(KnownSql).With(host).With(when.At).With(when.KnownAt);

    public IReadOnlyList<RecordedFact> Read(NpgsqlDataReader reader)
    {
        var facts = new List<RecordedFact>();
        while (reader.Read())
        {
            var fact = EventJson.Read(reader.GetString(2), Encoding.UTF8.GetBytes(reader.GetString(3)));
            facts.Add(new RecordedFact(reader.GetString(0), reader.GetGuid(1), fact));
        }

        return facts;
    }
}
