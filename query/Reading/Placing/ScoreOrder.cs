using System.Globalization;
using Npgsql;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>What a guest needs and wants, as far as it says which cells may have room for it and which hosts come first.</summary>
internal sealed record ScoreOrder(GuestWish Wish, RoomNeed Need)
{
    public FitLimits Limits => Wish.Limits ?? FitLimits.None;

    public bool IsPack => Wish.Policy == PlacementPolicy.Pack;

    /// <summary>How much of the memory may be promised, 1 = all of it once.</summary>
    public double Ratio => Wish.Cpu == CpuKind.Dedicated ? 1 : Limits.MemoryAllocationRatio ?? 1;

    /// <summary>Whether hosts come by how free their cells are left: least (pack) or most (spread). Several guest cells may fill one up wholly.</summary>
    public bool IsByFreeShare => Wish.Policy is PlacementPolicy.Pack or PlacementPolicy.Spread && !(IsPack && Wish.AllowSharedCells);

    /// <summary>Whether the cells of all hosts may be as close, or as full, as can be: which of them it will be is not known.</summary>
    public bool IsAlike => IsPack || Need.GuestCells == 1 || Wish.AllowSharedCells || Wish.OnCells is not null;

    /// <summary>What a cell r has to have; its parameters are the first four.</summary>
    public string Roomy =>
        $"""
        r.free_cpus >= $1 and r.shared_cpus >= $2
        and {(Need.CountsPages ? "r.memory_kib >= $3 and r.pages_kib >= $3" : Ratio > 1 ? "r.free_kib + r.outstanding_kib >= $3" : "r.free_kib >= $3 and r.ordinary_kib - r.promised_kib >= $3")}
        and {Meant}
        """;

    /// <summary>Which cells may be used at all; its parameter is the fourth.</summary>
    public string Meant => Wish.OnCells is null ? "r.is_placeable and $4::text is null" : "r.cell = any (string_to_array($4, ',')::integer[])";

    /// <summary>What a cell needs with the reserve of its host and the overhead of the guest, KiB.</summary>
    public long NeededKiB => Need.CountsPages || Need.MemoryKiB == 0 ? Need.MemoryKiB : Need.MemoryKiB + Limits.ReserveKiB + Limits.GuestOverheadKiB;

    public NpgsqlBatchCommand Command(string sql) => new NpgsqlBatchCommand(sql)
        .With((long)Need.FreeCpus)
        .With((long)Need.SharedCpus)
        .With(NeededKiB)
        .With(Wish.OnCells is { } cells ? string.Join(',', cells.Members().Select(cell => cell.ToString(CultureInfo.InvariantCulture))) : null);
}
