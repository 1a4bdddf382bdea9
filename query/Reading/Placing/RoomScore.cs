using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Query.Reading.Placing;

/// <summary>
/// The most that the score of a placement can be, as SQL over a cell's room r, its newest sample n and its host o: what CellCost computes of the cells
/// that are chosen, of those that could be at best.
/// </summary>
internal static class RoomScore
{
    /// <summary>What a cell is left free at least (pack) or at most (spread), from 0 to 1. $7 reserve, $8 overhead, $9 ratio, $10 CPUs, $11 memory.</summary>
    public static string LeftFree(GuestWish wish, RoomNeed need)
    {
        var isPack = wish.Policy == PlacementPolicy.Pack;
        if (isPack && wish.AllowSharedCells)
        {
            // Several guest cells on one may fill it up.
            return "0 * $10 * $11";
        }

        // Outstanding memory is known in whole steps.
        var free = $"greatest(0, w.free - r.outstanding_kib{(isPack ? " - r.step_kib" : "")})";
        var memory = need.CountsPages
            ? "least(1, greatest(0, (r.memory_kib - $11)::float8 / nullif(r.memory_kib, 0)))"
            : $"least(1, greatest(0, (w.total - greatest(r.promised_kib + r.guests * $8, floor(w.total * $9::float8) - {free}) - $8 - $11)::float8 / nullif(w.total, 0)))";
        // How many shared vCPUs are there already is not in the table.
        var cpus = need.LeastCpus is null ? isPack ? "0" : "1"
            : wish.Cpu == CpuKind.Dedicated ? $"{(isPack ? "case when r.isolates then 0 else 1 end * " : "")}least(1, greatest(0, (r.free_cpus - $10 - {Emulator(wish, need)})::float8 / nullif(r.cpus, 0)))"
            : isPack ? "0 * $10" : "least(1, greatest(0, (r.shared_cpus - $10)::float8 / nullif(r.shared_cpus, 0)))";
        return $"(coalesce({cpus}, 0) + coalesce({memory}, 0)) / 2";
    }

    /// <summary>
    /// No more than twice that (pack), or no less (spread), from 0 to 2, of what an index of rooms holds: its memory is in whole steps, the newest
    /// sample within one.
    /// </summary>
    public static string Bound(GuestWish wish, RoomNeed need)
    {
        if (wish.Policy == PlacementPolicy.Pack && wish.AllowSharedCells)
        {
            return "0";
        }

        var isPack = wish.Policy == PlacementPolicy.Pack;
        var memory = need.CountsPages
            ? "(r.memory_kib - $11)::float8 / nullif(r.memory_kib, 0)"
            : isPack
                ? "(least(r.free_kib - r.step_kib, r.ordinary_kib - r.promised_kib - r.guests * $8) - r.step_kib - $7 - $8 - $11 - ($9::float8 - 1) * r.ordinary_kib) / nullif(r.ordinary_kib, 0)"
                : "(r.free_kib - $11)::float8 / nullif(r.ordinary_kib, 0)";
        var cpus = need.LeastCpus is null ? isPack ? "0" : "1"
            : wish.Cpu == CpuKind.Dedicated ? $"{(isPack ? $"case when r.isolates then 0 else r.free_cpus - $10 - {Emulator(wish, need)} end" : "(r.free_cpus - $10)")}::float8 / nullif(r.cpus, 0)"
            : isPack ? "0" : "(r.shared_cpus - $10)::float8 / nullif(r.shared_cpus, 0)";
        return isPack ? $"coalesce(greatest(0, {cpus}), 0) + coalesce(greatest(0, {memory}), 0)" : $"coalesce(least(1, {cpus}), 0) + coalesce(least(1, {memory}), 0)";
    }

    // An emulator that shares takes a CPU of the first cell where no thread of another guest shares one there.
    private static string Emulator(GuestWish wish, RoomNeed need) => wish.Emulator == EmulatorPolicy.Isolate ? "0"
        : wish.Policy == PlacementPolicy.Pack ? "1"
        : need.GuestCells > 1 ? "0"
        : "case when r.free_cpus < r.shared_cpus then 0 else 1 end";

    /// <summary>The closest that so many cells of the host are, in tenths.</summary>
    public static string Closest(RoomNeed need) =>
        $"coalesce(least(1000, floor({10_000L * need.GuestCells * (need.GuestCells - 1)}::float8 / nullif(o.closest[{need.GuestCells}], 0) + 0.500001)), 1000)";

    /// <summary>Whether the cells of all hosts may be as close as can be: which of them it will be is not known.</summary>
    public static bool IsAlike(GuestWish wish, RoomNeed need) => need.GuestCells == 1 || wish.AllowSharedCells || wish.OnCells is not null;
}
