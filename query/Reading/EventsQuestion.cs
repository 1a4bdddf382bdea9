using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>Which events happened, oldest first? With a limit: the newest so many of them.</summary>
internal sealed class EventsQuestion(HistoryScope scope, EventFilter filter) : IQuestion<IReadOnlyList<EventRow>>
{
    private const string Sql =
        $"""
        select * from (
            select e.position, e.id, e.type, e.host, h.name, e.guest, e.observed_at, e.recorded_at, e.who, e.why,
                   e.data::text,
                   b.source, b.last_at, b.samples, b.interval_ms, length(e.bdata)
            from numa.event e
            left join numa.host h on h.host_key = e.host
            left join numa.block b on b.event_id = e.id
            where ($1::text is null or e.host in {HostFilter.Keys})
              and e.observed_at >= coalesce($2, '-infinity') and e.observed_at <= coalesce($3, 'infinity')
              and e.recorded_at <= coalesce($4, 'infinity')
              and ($5::text is null or e.type = any (string_to_array($5, ',')))
              and ($6 or e.type <> 'memory.block')
              and ($8::text is null or e.guest = $8::uuid)
              and e.position > $9
            order by e.observed_at desc, e.position desc
            limit $7
        ) newest
        order by observed_at, position
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql)
        .With(scope.Host)
        .With(filter.Since)
        .With(filter.Until)
        .With(filter.KnownAt)
        .With(filter.Kinds is null ? null : string.Join(',', filter.Kinds))
        .With(filter.Blocks)
        .With(filter.Limit ?? long.MaxValue)
        .With(scope.Guest?.ToString())
        .With(filter.After);

    public IReadOnlyList<EventRow> Read(NpgsqlDataReader reader)
    {
        var events = new List<EventRow>();
        while (reader.Read())
        {
            events.Add(Event(reader));
        }

        return events;
    }

    private static EventRow Event(NpgsqlDataReader reader)
    {
        var block = reader.IsDBNull(11)
            ? null
            : new BlockExtent(
                reader.GetString(11), reader.At(12), reader.GetInt32(13), reader.Milliseconds(14), reader.Int(15) ?? 0);
        return new EventRow(
            reader.GetInt64(0),
            reader.GetGuid(1),
            reader.GetString(2),
            reader.Text(3),
            reader.Text(4),
            reader.IsDBNull(5) ? null : reader.GetGuid(5),
            reader.At(6),
            reader.At(7),
            reader.Text(8),
            reader.Text(9),
            reader.Text(10),
            block);
    }
}
