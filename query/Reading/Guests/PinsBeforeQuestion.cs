using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Which pinnings were the newest of guests before a moment, on every host and in every layer?</summary>
internal sealed class PinsBeforeQuestion(IReadOnlyCollection<Guid> guests, DateTimeOffset before) : IQuestion<IReadOnlyList<IGuestFact>>
{
    private const string Sql =
        """
        select distinct on (f.guest, f.host_key, f.facet) e.type, e.data::text
        from numa.guest_fact f join numa.event e on e.id = f.event_id
        where f.guest = any (string_to_array($1, ',')::uuid[]) and f.type in ('pinning.observed', 'pinning.decided') and f.observed_at < $2
        order by f.guest, f.host_key, f.facet, f.observed_at desc
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(string.Join(',', guests)).With(before);

    public IReadOnlyList<IGuestFact> Read(NpgsqlDataReader reader)
    {
        var facts = new List<IGuestFact>();
        while (reader.Read())
        {
            facts.Add((IGuestFact)EventJson.Read(reader.GetString(0), Encoding.UTF8.GetBytes(reader.GetString(1))));
        }

        return [.. facts.OrderBy(fact => fact.ObservedAt)];
    }
}
