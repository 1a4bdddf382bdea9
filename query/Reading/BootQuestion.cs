using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>
/// When was a host first seen in the boot it was seen in last? A source that tells no boot id gives way to one that
/// does.
/// </summary>
internal sealed class BootQuestion(string key) : IQuestion<DateTimeOffset?>
{
    private const string Sql =
        """
        with boot as (
            select f.observed_at, e.data ->> 'bootId' as id
            from numa.fact f join numa.event e on e.id = f.event_id
            where f.host_key = $1 and f.facet = 'boot'
        ), newest as (
            select id, observed_at from boot order by id is null, observed_at desc limit 1
        )
        select min(boot.observed_at)
        from boot, newest
        where boot.id = newest.id or (newest.id is null and boot.observed_at = newest.observed_at)
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(key);

    public DateTimeOffset? Read(NpgsqlDataReader reader) =>
        reader.Read() ? reader.AtOrNull(0) : null;
}
