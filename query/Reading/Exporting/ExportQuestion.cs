using Npgsql;
using NumaHistory.Schema.Contract.Exchange;

namespace NumaHistory.Query.Reading.Exporting;

/// <summary>Every event in order of position, handed on one by one as the server sends them: a store of any size is never held. How many?</summary>
internal sealed class ExportQuestion(ExportFilter filter, Action<StoredLine> take) : IQuestion<long>
{
    private const string Sql =
        $"""
        select e.position, e.id, e.type, e.stream, e.host, e.guest, e.observed_at, e.who, e.why, e.data::text, e.block_source, e.bdata,
               coalesce((e.headers ->> 'originRecordedAt')::timestamptz, case when e.headers ? 'importedFrom' then null else e.recorded_at end),
               case when e.headers ? 'importedFrom' then e.headers ->> 'originUser' else e.login end,
               case when e.headers ? 'importedFrom' then e.headers ->> 'originMachine' else e.headers ->> 'machine' end,
               case when e.headers ? 'importedFrom' then e.headers ->> 'originProgram' else e.headers ->> 'program' end,
               case when e.headers ? 'importedFrom' then e.headers ->> 'originDatabaseUser' else e.headers ->> 'databaseUser' end
        from numa.event e
        where ($1::text is null or e.host in {HostFilter.Keys})
          and e.observed_at >= coalesce($2, '-infinity') and e.observed_at <= coalesce($3, 'infinity')
          and e.recorded_at <= coalesce($4, 'infinity')
          and ($5::text is null or e.guest = $5::uuid)
        order by e.position
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql)
        .With(filter.Host)
        .With(filter.Since)
        .With(filter.Until)
        .With(filter.KnownAt)
        .With(filter.Guest?.ToString());

    public long Read(NpgsqlDataReader reader)
    {
        var count = 0L;
        while (reader.Read())
        {
            take(Line(reader));
            count++;
        }

        return count;
    }

    private static StoredLine Line(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetGuid(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.Text(4),
        reader.IsDBNull(5) ? null : reader.GetGuid(5),
        reader.At(6),
        reader.Text(7),
        reader.Text(8),
        reader.Text(9),
        reader.Text(10),
        reader.IsDBNull(11) ? null : reader.GetFieldValue<byte[]>(11),
        new EventOrigin(reader.AtOrNull(12), reader.Text(13), reader.Text(14), reader.Text(15), reader.Text(16)));
}
