using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>
/// Every fact of hosts and of the guests that were ever on them, up to a moment: of all hosts, or of those that some guests were on and a
/// target. Known-at: only those recorded by then.
/// </summary>
internal sealed class HistoryQuestion(IReadOnlyCollection<Guid>? guests, string? target, When until) : IQuestion<IReadOnlyList<HistoryFact>>
{
    private const string Sql =
        """
        with places as (
            select host_key from numa.guest_fact where guest = any (string_to_array($1, ',')::uuid[])
            union
            select $2 where $2 is not null
        ), people as (
            select distinct guest from numa.guest_fact
            where $1 is null or host_key in (select host_key from places) or guest = any (string_to_array($1, ',')::uuid[])
        ), facts as (
            select f.event_id, f.observed_at from numa.fact f
            where ($1 is null or f.host_key in (select host_key from places)) and f.observed_at <= coalesce($3, 'infinity')
            union all
            select g.event_id, g.observed_at from numa.guest_fact g join people using (guest)
            where g.observed_at <= coalesce($3, 'infinity')
        )
        select e.id, e.type, e.data::text
        from facts f join numa.event e on e.id = f.event_id
        where e.recorded_at <= coalesce($4, 'infinity')
        order by f.observed_at, e.position
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql)
        .With(guests is null ? null : string.Join(',', guests))
        .With(target)
        .With(until.At)
        .With(until.KnownAt);

    public IReadOnlyList<HistoryFact> Read(NpgsqlDataReader reader)
    {
        var facts = new List<HistoryFact>();
        while (reader.Read())
        {
            facts.Add(new HistoryFact(reader.GetGuid(0), EventJson.Read(reader.GetString(1), Encoding.UTF8.GetBytes(reader.GetString(2)))));
        }

        return facts;
    }
}
