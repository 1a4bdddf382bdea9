using Npgsql;

namespace NumaHistory.Query.Reading;

/// <summary>
/// Which blocks of samples touch a stretch of time? With known-at: those recorded by then, and those of a running
/// recorder, whose samples could be read from its tail before they were sealed; the caller drops samples younger than
/// known-at. Blocks that begin together come in an order that depends on nothing but them, the running recorder's first: of one instant the
/// first counts.
/// </summary>
internal sealed class BlocksQuestion(string? host, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? knownAt)
    : IQuestion<IReadOnlyList<BlockRow>>
{
    private const string Sql =
        $"""
        select b.host, b.source, b.first_at, b.interval_ms, b.payload
        from numa.memory_block b
        where b.host in {HostFilter.Keys} and b.last_at >= $2 and b.first_at <= $3
        order by b.first_at, b.interval_ms nulls last, b.last_at, md5(b.payload)
        """;

    private const string KnownSql =
        $"""
        select b.host, b.source, b.first_at, b.interval_ms, b.payload
        from numa.memory_block b
        where b.host in {HostFilter.Keys} and b.last_at >= $2 and b.first_at <= least($3, $4)
          and (b.interval_ms is not null or exists (
              select from numa.block k join numa.event e on e.id = k.event_id
              where k.host_key = b.host and k.source = b.source and k.first_at = b.first_at and e.recorded_at <= $4))
        order by b.first_at, b.interval_ms nulls last, b.last_at, md5(b.payload)
        """;

    public NpgsqlBatchCommand Ask() => knownAt is null
        ? new NpgsqlBatchCommand(Sql).With(host).With(from).With(to)
        : new NpgsqlBatchCommand(KnownSql).With(host).With(from).With(to).With(knownAt);

    public IReadOnlyList<BlockRow> Read(NpgsqlDataReader reader) =>
        BlockRows.Read(reader);
}
