using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;

namespace NumaHistory.Query.Reading;

/// <summary>
/// The newest facts of every facet and source as of a moment: what a fold needs to know a host then. Facts of one
/// instant all come, the fold decides between them.
/// </summary>
internal sealed class FactsQuestion(HostFilter hosts, When when) : IQuestion<IReadOnlyList<RecordedFact>>
{
    private const string Place = "rank() over (partition by f.host_key, f.facet, f.source order by f.observed_at desc) as place";

    public NpgsqlBatchCommand Ask() => when switch
    {
        { At: null, KnownAt: null } => hosts.Ask(NowSql),
        { KnownAt: null } => hosts.Ask(Sql).With(when.At),
        _ => hosts.Ask(KnownSql).With(when.At).With(when.KnownAt),
    };

    private string NowSql =>
        $"""
        select n.host_key, e.id, e.type, e.data::text
        from numa.fact_newest n join numa.event e on e.id = n.event_id
        where n.host_key in {hosts.Sql}
        """;

    private string Sql =>
        $"""
        select n.host_key, e.id, e.type, e.data::text
        from (
            select f.host_key, f.event_id, {Place}
            from numa.fact f
            where f.host_key in {hosts.Sql} and f.observed_at <= $2
        ) n
        join numa.event e on e.id = n.event_id
        where n.place = 1
        """;

    private string KnownSql =>
        $"""
        select n.host_key, n.id, n.type, n.data::text
        from (
            select f.host_key, e.id, e.type, e.data, {Place}
            from numa.fact f
            join numa.event e on e.id = f.event_id
            where f.host_key in {hosts.Sql} and f.observed_at <= coalesce($2, 'infinity') and e.recorded_at <= $3
        ) n
        where n.place = 1
        """;

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
