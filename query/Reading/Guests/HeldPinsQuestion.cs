using Npgsql;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Who was pinned to what in a span of time, on the hosts where somebody then had CPUs alone?</summary>
internal sealed class HeldPinsQuestion(string? host, DateTimeOffset? since, DateTimeOffset until) : IQuestion<IReadOnlyList<HeldPin>>
{
    private const string Sql =
        $"""
        select p.guest, g.name, p.host_key, p.layer, p.thread, p.number,
               (select string_agg(lower(r) || '-' || (upper(r) - 1), ',' order by lower(r)) from unnest(p.cpus) r),
               p.exclusive, p.who, p.why, p.event_id, lower(p.valid), upper(p.valid)
        from numa.pin_interval p
        join numa.guest g on g.guest = p.guest
        where p.host_key in {HostFilter.Keys} and p.valid && tstzrange($2, $3, '[]') and not isempty(p.cpus)
          and exists (select from numa.pin_interval a where a.host_key = p.host_key and a.exclusive and a.valid && tstzrange($2, $3, '[]'))
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(host).With(since).With(until);

    public IReadOnlyList<HeldPin> Read(NpgsqlDataReader reader)
    {
        var pins = new List<HeldPin>();
        while (reader.Read())
        {
            pins.Add(new HeldPin(
                reader.GetGuid(0),
                reader.GetString(1),
                new PinInterval(
                    reader.GetString(2),
                    reader.GetString(3),
                    reader.GetString(4),
                    reader.GetInt32(5),
                    CpuSet.Parse(reader.GetString(6)),
                    reader.GetBoolean(7),
                    reader.Text(8),
                    reader.Text(9),
                    reader.GetGuid(10),
                    reader.At(11),
                    reader.AtOrNull(12))));
        }

        return pins;
    }
}
