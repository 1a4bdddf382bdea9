using Npgsql;

namespace NumaHistory.Query.Reading.Replays;

/// <summary>Which decision stands at a position of the log, or is the newest one of a guest by a moment? Null: there is none.</summary>
internal sealed class DecisionQuestion : IQuestion<(Guid Id, EventPlace Place)?>
{
    private const string Columns = "e.id, e.position, e.type, e.observed_at, e.recorded_at, e.who, e.why, e.data::text";

    private readonly NpgsqlBatchCommand _ask;

    public DecisionQuestion(long position) => _ask = new NpgsqlBatchCommand(
        $"select {Columns} from numa.event e where e.position = $1 and e.type = 'pinning.decided'").With(position);

    public DecisionQuestion(Guid guest, DateTimeOffset until) => _ask = new NpgsqlBatchCommand(
        $"""
        select {Columns}
        from numa.guest_fact f join numa.event e on e.id = f.event_id
        where (f.guest = $1::uuid or f.guest in (
                select i.guest from numa.guest_fact i join numa.event k on k.id = i.event_id where i.facet = 'identified' and k.data ->> 'as' = $1))
          and f.facet = 'decision' and e.type = 'pinning.decided' and f.observed_at <= $2
        order by f.observed_at desc, e.position limit 1
        """).With(guest.ToString()).With(until);

    public NpgsqlBatchCommand Ask() => _ask;

    public (Guid Id, EventPlace Place)? Read(NpgsqlDataReader reader) => reader.Read()
        ? (reader.GetGuid(0), new EventPlace(
            reader.GetInt64(1), reader.GetString(2), reader.At(3), reader.At(4), reader.Text(5), reader.Text(6), reader.Text(7)))
        : null;
}
