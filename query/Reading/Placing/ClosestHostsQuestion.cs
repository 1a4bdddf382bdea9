using Npgsql;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// The hosts that may have room, in the order of how close to each other so many of their cells are. Of every kind of host the first by name are enough:
/// its cells are equally far apart. So many are passed, the rows are the next.
/// </summary>
internal sealed class ClosestHostsQuestion(ScoreOrder order, long passed, long count) : IQuestion<IReadOnlyList<RoomyHost>>
{
    public NpgsqlBatchCommand Ask() => order.Command(order.IsAlike ? Alike : ByKind).With(passed).With(count);

    public IReadOnlyList<RoomyHost> Read(NpgsqlDataReader reader)
    {
        var hosts = new List<RoomyHost>();
        while (reader.Read())
        {
            hosts.Add(new RoomyHost(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return hosts;
    }

    private string Alike =>
        $"""
        {First(order.Roomy, "1000::bigint")}
        offset $5 limit $6
        """;

    // The closest that so many cells of the host are, in tenths.
    private string ByKind =>
        $"""
        with recursive kind as (
            (select r.apart from numa.cell_room r order by r.apart limit 1)
            union all
            select (select r.apart from numa.cell_room r where r.apart > k.apart order by r.apart limit 1) from kind k where k.apart is not null
        )
        select f.host_key, f.name, coalesce(least(1000, floor({10_000L * Cells * (Cells - 1)}::float8 / nullif(o.closest[{Cells}], 0) + 0.500001)), 1000)::bigint as most
        from kind k
        cross join lateral (
            {First($"r.apart = k.apart and {order.Roomy}", "null")}
            limit $5 + $6
        ) f
        join numa.host o on o.host_key = f.host_key
        order by most desc, f.name, f.host_key
        offset $5 limit $6
        """;

    private int Cells => order.Need.GuestCells;

    private string First(string roomy, string most) =>
        $"""
        select r.host_key, r.name, {most} as most
        from numa.cell_room r
        where {roomy}
        group by r.name, r.host_key
        having count(*) >= {order.Need.HostCells}
        order by r.name, r.host_key
        """;
}
