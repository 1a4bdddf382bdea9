using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// Which side of every threshold of a guest the free memory of a host lies on: as long as that stays the same, no finding on free
/// memory comes or goes, and a replay needs no new verdict.
/// </summary>
internal static class MemoryStep
{
    /// <summary>Whether free memory matters to the guest at all.</summary>
    public static bool Asks(FitQuestion question) =>
        GuestIndex.Of(question.Guest).Claims.Length > 0;

    public static int Of(FitQuestion question, ObservedMemory? memory)
    {
        var step = default(HashCode);
        foreach (var claim in GuestIndex.Of(question.Guest).Claims)
        {
            step.Add(claim.PageKiB is { } size ? Pages(claim, size, memory) : Ordinary(claim, question, memory));
        }

        return step.ToHashCode();
    }

    private static int Ordinary(MemoryClaim claim, FitQuestion question, ObservedMemory? memory)
    {
        var all = (question.Host.Topology?.Cells ?? []).Select(cell => cell.Id);
        var need = claim.KiB + question.Limits.GuestOverheadKiB;
        var anywhere = claim.IsHard ? 0 : Side(need, all, memory);
        return claim.Cells is { } cells ? (anywhere * 4) + Side(need, cells.Members(), memory) : anywhere;
    }

    private static int Side(long need, IEnumerable<int> cells, ObservedMemory? memory)
    {
        var (free, reclaimable) = (0L, 0L);
        foreach (var id in cells)
        {
            if (Sample(memory, id)?.FreeKiB is not { } sampled)
            {
                return 3;
            }

            free += sampled;
            reclaimable += Sample(memory, id)!.ReclaimableKiB ?? 0;
        }

        return need > free + reclaimable ? 2 : need > free ? 1 : 0;
    }

    // Which size counts where the guest names none is the host's matter: then every change of a pool is a step.
    private static long Pages(MemoryClaim claim, long size, ObservedMemory? memory)
    {
        var free = 0L;
        foreach (var cell in memory?.Cells ?? [])
        {
            if (claim.Cells?.Contains(cell.Id) != false)
            {
                var pools = (cell.Pages ?? []).Where(pool => size == 0 || pool.SizeKiB == size).ToList();
                if (pools.Count == 0 || pools.Exists(pool => pool.Free is null))
                {
                    return -1;
                }

                free += pools.Sum(pool => pool.Free!.Value);
            }
        }

        return size == 0 ? free : (claim.KiB + size - 1) / size > free ? 1 : 0;
    }

    private static CellMemory? Sample(ObservedMemory? memory, int id) => memory?.Cells.FirstOrDefault(cell => cell.Id == id);
}
