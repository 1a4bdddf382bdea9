using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Every fact of one guest, or of all, up to a moment; of where guests are and come from only, their pins left out.</summary>
internal sealed class GuestHistoryQuestion(Guid? guest, When until) : IQuestion<IReadOnlyList<RecordedGuestFact>>
{
    private const string Sql =
        """
        select e.id, e.type, e.data::text
        from numa.guest_fact f join numa.event e on e.id = f.event_id
        where ($1 is null or f.guest = $1::uuid) and f.facet in ('identity', 'presence', 'migration', 'move')
          and f.observed_at <= coalesce($2, 'infinity') and e.recorded_at <= coalesce($3, 'infinity')
        order by f.observed_at, e.position
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(guest?.ToString()).With(until.At).With(until.KnownAt);

    public IReadOnlyList<RecordedGuestFact> Read(NpgsqlDataReader reader)
    {
        var facts = new List<RecordedGuestFact>();
        while (reader.Read())
        {
            var fact = (IGuestFact)EventJson.Read(reader.GetString(1), Encoding.UTF8.GetBytes(reader.GetString(2)));
            facts.Add(new RecordedGuestFact(reader.GetGuid(0), fact));
        }

        return facts;
    }
}
