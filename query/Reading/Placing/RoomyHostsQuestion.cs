using Npgsql;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// Which hosts may have room for a guest now: all whose cells together have enough free CPUs and free memory, and all of which that is not
/// known. More than fit, never fewer.
/// </summary>
internal sealed class RoomyHostsQuestion(GuestWish wish) : IQuestion<IReadOnlySet<string>>
{
    private const string Sql =
        """
        select h.host_key
        from numa.host h
        cross join lateral (
            select count(*) as cells, bool_or(n.free_cpu_count is null) as unknown_cpus, bool_or(n.free_kib is null) as unknown_memory,
                   sum(n.free_cpu_count) as cpus, sum(n.free_kib) as kib
            from numa.cell_now n where n.host_key = h.host_key
        ) n
        where n.cells = 0 or ((n.unknown_cpus or n.cpus >= $1) and (n.unknown_memory or n.kib >= $2))
        """;

    public NpgsqlBatchCommand Ask() => new NpgsqlBatchCommand(Sql)
        .With((long)(wish.Cpu == CpuKind.Dedicated ? wish.Vcpus + wish.Reserved : 0))
        .With(wish.PageSize is null && wish.PageSizeKiB is null ? wish.MemoryKiB : 0);

    public IReadOnlySet<string> Read(NpgsqlDataReader reader)
    {
        var hosts = new HashSet<string>();
        while (reader.Read())
        {
            hosts.Add(reader.GetString(0));
        }

        return hosts;
    }
}
