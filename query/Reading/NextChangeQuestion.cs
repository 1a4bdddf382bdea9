using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>
/// When does the topology of a host, as one source gives it, change next after a moment? Null: it still holds.
/// </summary>
internal sealed class NextChangeQuestion(string key, string source, DateTimeOffset after, DateTimeOffset? knownAt)
    : IQuestion<DateTimeOffset?>
{
    private const string Sql =
        """
        select min(f.observed_at)
        from numa.fact f
        where f.host_key = $1 and f.facet in ('structure', 'capacity') and f.source = $2 and f.observed_at > $3
          and ($4 is null or exists (select from numa.event e where e.id = f.event_id and e.recorded_at <= $4))
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(key).With(source).With(after).With(knownAt);

    public DateTimeOffset? Read(NpgsqlDataReader reader) =>
        reader.Read() ? reader.AtOrNull(0) : null;
}
