using Npgsql;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// The hosts that come nearest to having room: fewest things are short on the cells that lack least, as many as the guest needs, and of these least is
/// missing. What the rooms tell is counted, so the order is about that of the reasons.
/// </summary>
internal sealed class NearestHostsQuestion(ScoreOrder order, long count) : IQuestion<IReadOnlyList<string>>
{
    public NpgsqlBatchCommand Ask() => order.Command(Sql).With(count);

    public IReadOnlyList<string> Read(NpgsqlDataReader reader)
    {
        var hosts = new List<string>();
        while (reader.Read())
        {
            hosts.Add(reader.GetString(0));
        }

        return hosts;
    }

    private string Sql =>
        $"""
        select c.host_key
        from (
            select r.host_key, r.name,
                   (r.cpus < $1)::integer + (r.free_cpus < $1)::integer + (r.shared_cpus < $2)::integer + (r.memory_kib < $3)::integer + ({Memory} < $3)::integer
                   + (greatest(0, $1 - r.free_cpus)::float8 / greatest(1, $1) + greatest(0, $2 - r.shared_cpus)::float8 / greatest(1, $2)
                      + greatest(0, $3 - {Memory})::float8 / greatest(1, $3)) / 4 as far
            from numa.cell_room r
            where {order.Meant}
        ) c
        group by c.host_key, c.name
        order by (array_agg(c.far order by c.far))[{order.Need.HostCells}] nulls last, c.name, c.host_key
        limit $5
        """;

    private string Memory => order.Need.CountsPages ? "r.pages_kib"
        : order.Ratio > 1 ? "(r.free_kib + r.outstanding_kib)" : "least(r.free_kib, r.ordinary_kib - r.promised_kib)";
}
