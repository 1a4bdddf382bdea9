using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// SQL for the hosts that are left with least (pack) or most (spread), of those that may have room. What is left takes the newest sample of
/// each cell, so it is asked of few: some are tried, and of the rest only those whose rooms do not rule out that they come before the last wanted.
/// </summary>
internal static class LeftFreeHosts
{
    // Hosts have several cells that are tried, and not all of them enough.
    private const int Tries = 4;

    /// <summary>$5 are passed, $6 wanted; roomy: which cells have room.</summary>
    public static string Sql(GuestWish wish, RoomNeed need, string roomy)
    {
        var order = wish.Policy == PlacementPolicy.Pack ? "asc" : "desc";
        return $"""
            with tried as materialized (
                select r.host_key from numa.cell_room r where {roomy} order by r.free_cpus {order}, r.free_kib {order} limit {Tries} * ($5 + $6)
            ), enough as materialized (
                select c.free from ({Left(wish, need, roomy, "tried")}) c order by c.free {order} offset $5 + $6 - 1 limit 1
            ), near as materialized (
                {Near(wish, need, roomy)}
            )
            select c.host_key, c.name, floor(1000 * ({(wish.Policy == PlacementPolicy.Pack ? "1 - c.free" : "c.free")}) + 0.500001)::bigint as most
            from ({Left(wish, need, roomy, "near")}) c
            order by most desc, c.name, c.host_key
            offset $5 limit $6
            """;
    }

    // Scores are in tenths: of two that differ by less the name decides. Where the best of several cells are meant, one may be worse than all of them.
    private static string Near(GuestWish wish, RoomNeed need, string roomy)
    {
        var isPack = wish.Policy == PlacementPolicy.Pack;
        var bound = RoomScore.Bound(wish, need);
        var (order, within) = isPack
            ? ("asc", "<= 2 * (coalesce((select free from enough), 1) + 0.001)")
            : ("desc", ">= 2 * (coalesce((select free from enough), 0) - 0.001)");
        return need.HostCells == 1
            ? $"select r.host_key from numa.cell_room r where {roomy} and {bound} {within}"
            : $"""
                select b.host_key
                from (
                    select r.host_key, {bound} as bound, row_number() over (partition by r.host_key order by {bound} {order}) as place
                    from numa.cell_room r
                    where {roomy} and {(isPack ? bound : $"{bound} + {2 * (need.HostCells - 1)}")} {within} * {need.HostCells}
                ) b
                where b.place <= {need.HostCells}
                group by b.host_key
                having count(*) >= {need.HostCells} and avg(b.bound) {within}
                """;
    }

    // What the best cells of each host have left, as many as the guest needs. Each is looked up: the planner would read all for a few.
    private static string Left(GuestWish wish, RoomNeed need, string roomy, string hosts)
    {
        var isPack = wish.Policy == PlacementPolicy.Pack;
        return $"""
            select p.name, p.host_key, {(need.HostCells > 1 ? "avg(p.free)" : isPack ? "min(p.free)" : "max(p.free)")} as free
            from (
                select q.*{(need.HostCells > 1 ? $", row_number() over (partition by q.name, q.host_key order by q.free {(isPack ? "asc" : "desc")}) as place" : "")}
                from (select distinct host_key from {hosts}) h
                cross join lateral (
                    select r.host_key, r.name, {RoomScore.LeftFree(wish, need)} as free
                    from numa.cell_room r
                    left join numa.cell_now n on n.host_key = r.host_key and n.cell = r.cell
                    cross join lateral (
                        select t.total, case when n.free_kib is null then t.total else least(t.total, greatest(0, n.free_kib - $7)) end as free
                        from (select greatest(0, r.ordinary_kib - $7) as total) t
                    ) w
                    where r.host_key = h.host_key and {roomy}
                    offset 0
                ) q
            ) p
            {(need.HostCells > 1 ? $"where p.place <= {need.HostCells}" : "")}
            group by p.name, p.host_key
            having count(*) >= {need.HostCells}
            """;
    }
}
