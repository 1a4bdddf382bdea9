using Npgsql;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Which CPUs did the sources of some hosts (keys) see online, from the newest event on back?</summary>
internal sealed class OnlineHistoryQuestion(IEnumerable<string> hosts, When when) : IQuestion<IReadOnlyList<(string Host, string Source, Guid Event, CpuSet? Online)>>
{
    private const string Sql =
        """
        select f.host_key, f.source, e.id, e.data -> 'capacity' ->> 'online'
        from numa.fact f join numa.event e on e.id = f.event_id
        where f.host_key in (select unnest(string_to_array($1, ','))) and f.facet = 'capacity'
          and f.observed_at <= coalesce($2, 'infinity') and e.recorded_at <= coalesce($3, 'infinity')
        order by f.observed_at desc, e.position desc
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(string.Join(',', hosts)).With(when.At).With(when.KnownAt);

    public IReadOnlyList<(string Host, string Source, Guid Event, CpuSet? Online)> Read(NpgsqlDataReader reader)
    {
        var seen = new List<(string Host, string Source, Guid Event, CpuSet? Online)>();
        while (reader.Read())
        {
            seen.Add((reader.GetString(0), reader.GetString(1), reader.GetGuid(2), reader.Text(3) is { } online ? CpuSet.Parse(online) : null));
        }

        return seen;
    }
}
