using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>
/// The newest facts of every kind, guest, host and source as of a moment: what a fold needs to know the guests then; all of them, or those that
/// were ever on a host.
/// </summary>
internal sealed class GuestFactsQuestion(HostFilter hosts, When when) : IQuestion<IReadOnlyList<RecordedGuestFact>>
{
    // A move takes the place of the last one, whichever host that was on; of decisions all count, since what runs may carry out an earlier one.
    private const string Place =
        "rank() over (partition by f.guest, f.facet, case when f.facet in ('decision', 'move') then '' else f.host_key end, f.source "
        + "order by case when f.facet <> 'decision' then f.observed_at end desc) as place";

    public NpgsqlBatchCommand Ask() => when switch
    {
        { At: null, KnownAt: null } => hosts.Ask(NowSql),
        { KnownAt: null } => hosts.Ask(Sql).With(when.At),
        _ => hosts.Ask(KnownSql).With(when.At).With(when.KnownAt),
    };

    private string NowSql =>
        $"""
        select n.event_id, n.type, e.data::text
        from numa.guest_newest n join numa.event e on e.id = n.event_id
        where {Ever("n", "numa.guest_newest")}
        """;

    private string Sql =>
        $"""
        select n.event_id, n.type, e.data::text
        from (select f.event_id, f.type, {Place} from numa.guest_fact f where {Ever("f", "numa.guest_fact")} and f.observed_at <= $2) n
        join numa.event e on e.id = n.event_id
        where n.place = 1
        """;

    private string KnownSql =>
        $"""
        select n.id, n.type, n.data::text
        from (
            select e.id, e.type, e.data, {Place}
            from numa.guest_fact f join numa.event e on e.id = f.event_id
            where {Ever("f", "numa.guest_fact")} and f.observed_at <= coalesce($2, 'infinity') and e.recorded_at <= $3
        ) n
        where n.place = 1
        """;

    // One condition for both would be read row by row, by no index.
    private string Ever(string row, string facts) =>
        hosts.IsAll ? "$1::text is null" : $"{row}.guest in (select o.guest from {facts} o where o.host_key in {hosts.Sql})";

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
