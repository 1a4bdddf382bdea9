using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>
/// Which block of each host and source began last before a moment? It holds the newest sample of that time.
/// </summary>
internal sealed class LastBlockQuestion(string? host, DateTimeOffset at, DateTimeOffset? knownAt)
    : IQuestion<IReadOnlyList<BlockRow>>
{
    private const string Sql =
        $"""
        select distinct on (b.host, b.source) b.host, b.source, b.first_at, b.interval_ms, b.payload
        from numa.memory_block b
        where b.host in {HostFilter.Keys} and b.first_at <= $2
          and ($3 is null or b.interval_ms is not null or exists (
              select from numa.block k join numa.event e on e.id = k.event_id
              where k.host_key = b.host and k.source = b.source and k.first_at = b.first_at and e.recorded_at <= $3))
        order by b.host, b.source, b.first_at desc
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql).With(host).With(at).With(knownAt);

    public IReadOnlyList<BlockRow> Read(NpgsqlDataReader reader) =>
        BlockRows.Read(reader);
}
