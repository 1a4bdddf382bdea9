using Npgsql;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// Which hosts may have room now for a guest in so many cells, in the order of the best that they can be? More than fit, never fewer: a host that is left
/// out has too few cells with the CPUs and the memory that each guest cell needs.
/// </summary>
internal sealed class RoomyHostsQuestion(GuestWish wish, RoomNeed need, long after, long count) : IQuestion<IReadOnlyList<RoomyHost>>
{
    private FitLimits Limits => wish.Limits ?? FitLimits.None;

    private double Ratio => wish.Cpu == CpuKind.Dedicated ? 1 : Limits.MemoryAllocationRatio ?? 1;

    public NpgsqlBatchCommand Ask()
    {
        var isClosest = wish.Policy is null or PlacementPolicy.Closest;
        var command = new NpgsqlBatchCommand(isClosest ? ClosestHosts.Sql(wish, need, Roomy) : LeftFreeHosts.Sql(wish, need, Roomy))
            .With((long)need.FreeCpus)
            .With((long)need.SharedCpus)
            .With(need.CountsPages || need.MemoryKiB == 0 ? need.MemoryKiB : need.MemoryKiB + Limits.ReserveKiB + Limits.GuestOverheadKiB)
            .With(wish.OnCells is { } cells ? string.Join(',', cells.Members()) : null)
            .With(after)
            .With(count);
        return isClosest ? command : command
            .With(Limits.ReserveKiB)
            .With(Limits.GuestOverheadKiB)
            .With(Ratio.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
            .With((long)((wish.Policy == PlacementPolicy.Pack ? need.MostCpus : need.LeastCpus) ?? 0))
            .With(wish.Policy == PlacementPolicy.Pack ? need.MostMemoryKiB : need.MemoryKiB);
    }

    public IReadOnlyList<RoomyHost> Read(NpgsqlDataReader reader)
    {
        var hosts = new List<RoomyHost>();
        while (reader.Read())
        {
            hosts.Add(new RoomyHost(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return hosts;
    }

    private string Roomy =>
        $"""
        r.free_cpus >= $1 and r.shared_cpus >= $2
        and {(need.CountsPages ? "r.memory_kib >= $3 and r.pages_kib >= $3" : Ratio > 1 ? "r.free_kib >= $3" : "r.free_kib >= $3 and r.ordinary_kib - r.promised_kib >= $3")}
        and {(wish.OnCells is null ? "r.is_placeable and $4::text is null" : "r.cell = any (string_to_array($4, ',')::integer[])")}
        """;
}
