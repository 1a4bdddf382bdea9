using Npgsql;

namespace NumaHistory.Query.Reading.Guests;

/// <summary>Which guests does a UUID, NAME or HOST/NAME mean? Those that are somewhere before those that are gone.</summary>
internal sealed class GuestNamesQuestion(string named) : IQuestion<IReadOnlyList<GuestName>>
{
    /// <summary>Whether $1 means the guest g, on its host h; one that turned out to be another one has no name.</summary>
    public const string Means =
        """
        (g.guest::text = lower($1)
          or ((g.name = $1 or h.name || '/' || g.name = $1 or g.host_key || '/' || g.name = $1)
              and not exists (select from numa.guest_fact i where i.guest = g.guest and i.facet = 'identified')))
        """;

    private const string Sql =
        $"""
        with named as (
            select g.guest, g.name, h.name as host, g.host_key is null as gone
            from numa.guest g left join numa.host h on h.host_key = g.host_key
            where {Means}
        )
        select guest, name, host from named where gone = (select min(gone::int)::boolean from named)
        order by name, guest
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(named);

    public IReadOnlyList<GuestName> Read(NpgsqlDataReader reader)
    {
        var guests = new List<GuestName>();
        while (reader.Read())
        {
            guests.Add(new GuestName(reader.GetGuid(0), reader.GetString(1), reader.Text(2)));
        }

        return guests;
    }
}
