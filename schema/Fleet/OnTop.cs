using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.State;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fleet;

/// <summary>What a decision that is not carried out holds beside what its guest takes already.</summary>
internal static class OnTop
{
    /// <summary>
    /// CPUs and memory by cell that are promised and not taken, as a pinning of the same guest: others may have neither. Now = what the guest takes on
    /// that host; null = nothing.
    /// </summary>
    public static GuestPins Of(GuestPins decided, GuestPins? now)
    {
        if (now is null)
        {
            return decided with { Layer = PinLayer.Decided };
        }

        var (index, sized) = (GuestIndex.Of(now), decided with { MemoryKiB = decided.MemoryKiB ?? now.MemoryKiB, Pages = decided.Pages is { Count: > 0 } pages ? pages : now.Pages });
        var taken = decided.Exclusive == true ? index.Dedicated : index.Everything;
        var memory = Memory(GuestIndex.Of(sized), index).ToList();
        return decided with
        {
            Layer = PinLayer.Decided,
            Pins = [.. decided.Pins.Select(pin => pin with { Cpus = Rest(pin.Cpus, taken) })],
            Emulator = Rest(decided.Emulator, index.Everything),
            Reserved = Rest(decided.Reserved, index.Dedicated),
            Iothreads = [.. decided.Iothreads.Select(thread => thread with { Cpus = Rest(thread.Cpus, index.Everything) })],
            Cpus = null,
            Memory = null,
            GuestCells = [.. memory.Select((more, id) => new GuestCell(id, null, more.KiB, MemoryMode.Strict, CpuSet.Single(more.Cell)))],
            Pages = [.. memory.Index().Where(more => more.Item.PageKiB is not null).Select(more => new GuestPages(more.Item.PageKiB is > 0 and var size ? size : null, CpuSet.Single(more.Index)))],
        };
    }

    private static CpuSet? Rest(CpuSet? decided, CpuSet taken) => decided?.Except(taken) is { IsEmpty: false } rest ? rest : null;

    // By host cell and kind of page.
    private static IEnumerable<(int Cell, long? PageKiB, long KiB)> Memory(GuestIndex decided, GuestIndex now)
    {
        var kinds = decided.Claims.SelectMany(claim => (claim.Cells?.Members().AsEnumerable() ?? []).Select(cell => (Cell: cell, claim.PageKiB))).Distinct().Order();
        foreach (var (cell, page) in kinds)
        {
            if (In(decided, cell, page) - In(now, cell, page) is > 0 and var more)
            {
                yield return (cell, page, more);
            }
        }
    }

    private static long In(GuestIndex guest, int cell, long? page) =>
        guest.Claims.Where(claim => claim.PageKiB == page && claim.Cells?.Contains(cell) == true).Sum(claim => claim.In(cell));
}
