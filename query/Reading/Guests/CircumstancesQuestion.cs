using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>What were these hosts like at those moments? Those of which no topology was known are left out.</summary>
internal sealed class CircumstancesQuestion(IReadOnlyList<Circumstances> wanted)
    : IQuestion<IReadOnlyDictionary<Circumstances, HostTopology>>
{
    private const string Sql =
        """
        select w.number, n.type, e.data::text
        from unnest(string_to_array($1, ','), string_to_array($2, ',')::timestamptz[]) with ordinality w (host_key, at, number)
        cross join lateral (
            select f.event_id, f.type, rank() over (partition by f.facet, f.source order by f.observed_at desc) as place
            from numa.fact f
            where f.host_key = w.host_key and f.facet in ('boot', 'structure', 'capacity') and f.observed_at <= w.at
        ) n
        join numa.event e on e.id = n.event_id
        where n.place = 1
        """;

    // Lists as text: no host's key holds a comma, and the driver needs no arrays then.
    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql)
        .With(string.Join(',', wanted.Select(one => one.Host)))
        .With(string.Join(',', wanted.Select(one => TimeText.Utc(one.At))));

    public IReadOnlyDictionary<Circumstances, HostTopology> Read(NpgsqlDataReader reader)
    {
        var states = wanted.Select(one => new HostState(one.Host)).ToArray();
        while (reader.Read())
        {
            var number = (int)reader.GetInt64(0) - 1;
            states[number] = states[number].After(EventJson.Read(reader.GetString(1), Encoding.UTF8.GetBytes(reader.GetString(2))));
        }

        return wanted.Select((one, i) => (one, states[i].Topology))
            .Where(pair => pair.Topology is not null)
            .ToDictionary(pair => pair.one, pair => pair.Topology!);
    }
}
