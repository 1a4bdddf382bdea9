using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fleet;

namespace NumaHistory.Query.Reading;

/// <summary>At which totals of memory did the boots of hosts settle, up to a moment? Hosts that booted at least three times.</summary>
internal sealed class BootTotalsQuestion(string? host, When when) : IQuestion<SettledMemory>
{
    private const string Sql =
        $"""
        select e.type, e.data::text
        from numa.fact f
        join numa.event e on e.id = f.event_id
        where f.facet in ('boot', 'capacity') and f.observed_at <= coalesce($2, 'infinity') and e.recorded_at <= coalesce($3, 'infinity')
          and f.host_key in (
              select b.host_key from numa.fact b
              where b.host_key in {HostFilter.Keys} and b.facet = 'boot' and b.observed_at <= coalesce($2, 'infinity')
              group by b.host_key, b.source having count(*) > 2)
        order by f.observed_at, e.position
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(host).With(when.At).With(when.KnownAt);

    public SettledMemory Read(NpgsqlDataReader reader)
    {
        var settled = new SettledMemory();
        while (reader.Read())
        {
            settled.Pass(EventJson.Read(reader.GetString(0), Encoding.UTF8.GetBytes(reader.GetString(1))));
        }

        return settled;
    }
}
