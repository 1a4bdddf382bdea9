using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>Which hosts once had this name? Their keys.</summary>
internal sealed class FormerNameQuestion(string name) : IQuestion<IReadOnlyList<string>>
{
    private const string Sql =
        """
        select distinct f.host_key
        from numa.fact f join numa.event e on e.id = f.event_id
        where f.facet in ('boot', 'name') and e.data ->> 'name' = $1
        order by f.host_key
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(name);

    public IReadOnlyList<string> Read(NpgsqlDataReader reader)
    {
        var keys = new List<string>();
        while (reader.Read())
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }
}
