using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// How free a cell is left with a guest on it, from 0 to 1: what CellCost computes of the cells that are chosen, here of what the store keeps of a cell,
/// and therefore at least (pack) or at most (spread).
/// </summary>
internal sealed class FreeShare(ScoreOrder order)
{
    // Of the column of the store, and as much as cells of a kind may differ in memory: script 012.
    private const long CountedOverheadKiB = 64 << 10;
    private const double KindSpan = 16;
    private const double StepsOfMemory = 128;
    private const double LeastStepKiB = 1024;
    private const double Rounding = 1e-9;

    private RoomNeed Need => order.Need;

    private bool IsDedicated => Need.LeastCpus is not null && order.Wish.Cpu == CpuKind.Dedicated;

    private long TakenCpus => (order.IsPack ? Need.MostCpus : Need.LeastCpus) ?? 0;

    private long TakenKiB => order.IsPack ? Need.MostMemoryKiB : Need.MemoryKiB;

    private long OverheadKiB => order.Limits.GuestOverheadKiB;

    /// <summary>The column of cells in whose order they come, null = none: pages are not in it, nor what is promised more than once, nor another overhead of each guest.</summary>
    public string? Column =>
        Need.CountsPages || order.Ratio > 1 || (order.IsPack ? OverheadKiB > CountedOverheadKiB : OverheadKiB < CountedOverheadKiB) ? null
        : IsDedicated ? "left_share" : "free_share";

    /// <summary>What a cell that has room has free at least, as far as the column tells.</summary>
    public long LeastCpus => IsDedicated ? Need.FreeCpus : 0;

    public long LeastKiB => OverheadKiB < CountedOverheadKiB ? 0 : order.NeededKiB;

    public double Of(RoomyCell cell)
    {
        var total = Math.Max(0, cell.OrdinaryKiB - order.Limits.ReserveKiB);
        var free = Math.Clamp((cell.FreeKiB is { } seen ? seen - order.Limits.ReserveKiB : total) - (order.Ratio > 1 ? 0 : cell.OutstandingKiB), 0, total);
        var used = Math.Max(cell.PromisedKiB + (cell.Guests * OverheadKiB), (long)Math.Floor(total * order.Ratio) - free);
        var memory = Need.CountsPages ? Share(cell.MemoryKiB - TakenKiB, cell.MemoryKiB) : Share(total - used - OverheadKiB - TakenKiB, total);
        return (Cpus(cell) + memory) / 2;
    }

    /// <summary>The bound of all cells of its kind that come after it.</summary>
    public double After(RoomyCell last)
    {
        var twice = order.IsPack
            ? last.Share
                - (IsDedicated ? ((TakenCpus + Emulator(last)) / (double)Math.Max(1, last.Cpus)) + (last.Isolates ? 1 : 0) : 0)
                - ((TakenKiB + OverheadKiB + order.Limits.ReserveKiB + LeastStepKiB) / Memory(last, -1)) - (1 / StepsOfMemory)
            : IsDedicated ? last.Share - (TakenCpus / (double)Math.Max(1, last.Cpus)) - (TakenKiB / Memory(last, 1))
            : Math.Max(0, last.Share - (TakenKiB / Memory(last, 1))) + (Need.LeastCpus is null ? 1 : Share(last.Cpus - TakenCpus, last.Cpus));
        return order.IsPack ? Math.Max(0, twice / 2) - Rounding : (twice / 2) + Rounding;
    }

    private double Cpus(RoomyCell cell) =>
        Need.LeastCpus is null ? order.IsPack ? 0 : 1
        : IsDedicated ? order.IsPack && cell.Isolates ? 0 : Share(cell.FreeCpus - TakenCpus - Emulator(cell), cell.Cpus)
        // How many shared vCPUs are there already is not in the store.
        : order.IsPack ? 0 : Share(cell.SharedCpus - TakenCpus, cell.SharedCpus);

    // An emulator that shares takes a CPU of the first cell where no thread of another guest shares one there.
    private int Emulator(RoomyCell cell) =>
        order.Wish.Emulator == EmulatorPolicy.Isolate ? 0
        : order.IsPack ? 1
        : Need.GuestCells > 1 || cell.FreeCpus < cell.SharedCpus ? 0 : 1;

    // The least or the most memory of a cell of the same kind.
    private static double Memory(RoomyCell cell, int sign) => Math.Max(1, cell.OrdinaryKiB * Math.Pow(2, sign / KindSpan));

    private static double Share(long left, long all) => all <= 0 ? 0 : Math.Clamp(left / (double)all, 0, 1);
}
