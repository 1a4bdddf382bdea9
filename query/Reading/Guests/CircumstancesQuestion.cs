using System.Text;
using Npgsql;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>
/// What were these hosts taken for at those moments, by what is known now or was known by then? Those of which no topology was known are left out.
/// </summary>
internal sealed class CircumstancesQuestion(IReadOnlyList<Circumstances> wanted, DateTimeOffset? knownAt)
    : IQuestion<IReadOnlyDictionary<Circumstances, HostTopology>>
{
    // The newest of every facet and source, and those that whoever decided believed.
    private string Sql =>
        $"""
        select w.number, n.type, e.data::text, n.place = 1
        from unnest(string_to_array($1, ','), string_to_array($2, ',')::timestamptz[], string_to_array($3, ','))
             with ordinality w (host_key, at, believed, number)
        cross join lateral (
            select f.event_id, f.type, rank() over (partition by f.facet, f.source order by f.observed_at desc) as place,
                   encode(f.fingerprint, 'hex') = any (string_to_array(w.believed, ' '))
                   and row_number() over (partition by f.facet, f.source, f.fingerprint order by f.observed_at desc) = 1 as is_believed
            from numa.fact f{(knownAt is null ? "" : " join numa.event k on k.id = f.event_id and k.recorded_at <= $4")}
            where f.host_key = w.host_key and f.facet in ('boot', 'structure', 'capacity') and f.observed_at <= w.at
        ) n
        join numa.event e on e.id = n.event_id
        where n.place = 1 or n.is_believed
        """;

    // Lists as text: no host's key holds a comma, and the driver needs no arrays then.
    public NpgsqlBatchCommand Ask()
    {
        var command = new NpgsqlBatchCommand(Sql)
            .With(string.Join(',', wanted.Select(one => one.Host)))
            .With(string.Join(',', wanted.Select(one => TimeText.Utc(one.At))))
            .With(string.Join(',', wanted.Select(one => $"{one.Structure?.Hex} {one.Capacity?.Hex}")));
        return knownAt is null ? command : command.With(knownAt);
    }

    public IReadOnlyDictionary<Circumstances, HostTopology> Read(NpgsqlDataReader reader)
    {
        var states = wanted.Select(one => new HostState(one.Host)).ToArray();
        var known = new KnownTopologies();
        var taken = new TakenFor(known);
        while (reader.Read())
        {
            var fact = EventJson.Read(reader.GetString(1), Encoding.UTF8.GetBytes(reader.GetString(2)));
            taken.Pass(fact);
            if (reader.GetBoolean(3))
            {
                var number = (int)reader.GetInt64(0) - 1;
                states[number] = states[number].After(fact);
            }
        }

        return wanted.Select((one, i) => (one, Topology: taken.Of(one, states[i].InForce) ?? known.Of(states[i])))
            .Where(pair => pair.Topology is not null)
            .ToDictionary(pair => pair.one, pair => pair.Topology!);
    }
}
