using Npgsql;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>The keys of all hosts that the guest was ever on that a UUID, NAME or HOST/NAME means now; none where that means no guest, or several.</summary>
internal sealed class GuestHostsQuestion(string named) : IQuestion<IReadOnlyList<string>>
{
    // A name means the guest that is somewhere before those that are gone.
    private const string Sql =
        $"""
        with named as (
            select g.guest, g.host_key is null as gone
            from numa.guest g left join numa.host h on h.host_key = g.host_key
            where {GuestNamesQuestion.Means}
        ), meant as (
            select guest from named where gone = (select min(gone::int)::boolean from named)
        )
        select distinct f.host_key from numa.guest_fact f
        where f.guest in (select guest from meant) and (select count(*) from meant) = 1
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(named);

    public IReadOnlyList<string> Read(NpgsqlDataReader reader)
    {
        var hosts = new List<string>();
        while (reader.Read())
        {
            hosts.Add(reader.GetString(0));
        }

        return hosts;
    }
}
