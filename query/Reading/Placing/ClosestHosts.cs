using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// SQL for the hosts whose cells are closest to each other, of those that may have room. Of every kind of host the first by name are enough: its
/// cells are equally far apart.
/// </summary>
internal static class ClosestHosts
{
    /// <summary>$5 are passed, $6 wanted; roomy: which cells have room.</summary>
    public static string Sql(GuestWish wish, RoomNeed need, string roomy) => RoomScore.IsAlike(wish, need)
        ? $"""
            {First(need, roomy, "1000::bigint")}
            offset $5 limit $6
            """
        : $"""
            with recursive kind as (
                (select r.apart from numa.cell_room r order by r.apart limit 1)
                union all
                select (select r.apart from numa.cell_room r where r.apart > k.apart order by r.apart limit 1) from kind k where k.apart is not null
            )
            select f.host_key, f.name, ({RoomScore.Closest(need)})::bigint as most
            from kind k
            cross join lateral (
                {First(need, $"r.apart = k.apart and {roomy}", "null")}
                limit $5 + $6
            ) f
            join numa.host o on o.host_key = f.host_key
            order by most desc, f.name, f.host_key
            offset $5 limit $6
            """;

    private static string First(RoomNeed need, string roomy, string most) =>
        $"""
        select r.host_key, r.name, {most} as most
        from numa.cell_room r
        where {roomy}
        group by r.name, r.host_key
        having count(*) >= {need.HostCells}
        order by r.name, r.host_key
        """;
}
