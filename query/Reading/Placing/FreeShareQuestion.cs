using Npgsql;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>The cells that may have room, with what the newest sample of them says.</summary>
internal sealed class FreeShareQuestion(Func<NpgsqlBatchCommand> command) : IQuestion<IReadOnlyList<RoomyCell>>
{
    private const string Room =
        """
        r.kind, r.host_key, r.name, r.cpus, r.free_cpus, r.shared_cpus, r.isolates, r.guests, r.memory_kib, r.ordinary_kib, r.promised_kib,
        r.outstanding_kib
        """;

    private const string Sampled = "(select n.free_kib from numa.cell_now n where n.host_key = r.host_key and n.cell = r.cell)";

    private const string Columns = $"{Room}, {Sampled}";

    /// <summary>All of them, in no order.</summary>
    public static FreeShareQuestion All(ScoreOrder order) => new(() => order.Command($"select {Columns}, 0::float8 from numa.cell_room r where {order.Roomy}"));

    /// <summary>Those of these hosts, in no order.</summary>
    public static FreeShareQuestion Of(ScoreOrder order, IEnumerable<string> hosts) => new(() =>
        order.Command($"select {Columns}, 0::float8 from numa.cell_room r where r.host_key = any (string_to_array($5, ',')) and {order.Roomy}")
            .With(string.Join(',', hosts)));

    /// <summary>
    /// So many of every kind, in the order of how free they are. Asked kind by kind, for what a guest takes is the same share of every cell of a kind: those
    /// in the order of what is free are in the order of what is left. $6 and $7: what such a cell has free at least; the rows of a kind are a range of its index.
    /// Without the samples where the whole hosts are asked for after it.
    /// </summary>
    public static FreeShareQuestion Best(ScoreOrder order, FreeShare share, string column, long perKind) => new(() =>
        order.Command(
            $"""
            with recursive kind as (
                (select r.kind from numa.cell_room r order by r.kind limit 1)
                union all
                select (select r.kind from numa.cell_room r where r.kind > k.kind order by r.kind limit 1) from kind k where k.kind is not null
            )
            select {Room}, {(order.Need.HostCells > 1 ? "null::bigint" : Sampled)}, r.{column}
            from kind k
            cross join lateral (
                select {Room}, r.cell, r.{column} from numa.cell_room r
                where r.kind = k.kind and r.{column} >= numa.least_share(k.kind, $6, $7) and {order.Roomy}
                order by r.{column} {(order.IsPack ? "asc" : "desc")}
                limit $5
            ) r
            """)
            .With(perKind)
            .With(share.LeastCpus)
            .With(share.LeastKiB));

    public NpgsqlBatchCommand Ask() => command();

    public IReadOnlyList<RoomyCell> Read(NpgsqlDataReader reader)
    {
        var cells = new List<RoomyCell>();
        while (reader.Read())
        {
            cells.Add(new RoomyCell(
                reader.GetInt64(0), reader.GetDouble(13), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5),
                reader.GetBoolean(6), reader.GetInt32(7), reader.GetInt64(8), reader.GetInt64(9), reader.GetInt64(10), reader.GetInt64(11),
                reader.IsDBNull(12) ? null : reader.GetInt64(12)));
        }

        return cells;
    }
}
