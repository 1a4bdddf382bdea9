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
        return decided with
        {
            Layer = PinLayer.Decided,
            Pins = [.. decided.Pins.Select(pin => pin with { Cpus = Rest(pin.Cpus, taken) })],
            Emulator = Rest(decided.Emulator, index.Everything),
            Reserved = Rest(decided.Reserved, index.Dedicated),
            Iothreads = [.. decided.Iothreads.Select(thread => thread with { Cpus = Rest(thread.Cpus, index.Everything) })],
            Cpus = null,
            Memory = null,
            GuestCells = [.. Memory(GuestIndex.Of(sized), index)],
        };
    }

    private static CpuSet? Rest(CpuSet? decided, CpuSet taken) => decided?.Except(taken) is { IsEmpty: false } rest ? rest : null;

    private static IEnumerable<GuestCell> Memory(GuestIndex decided, GuestIndex now)
    {
        var cells = decided.Claims.SelectMany(claim => claim.PageKiB is null ? claim.Cells?.Members().AsEnumerable() ?? [] : []).Distinct().Order();
        foreach (var cell in cells)
        {
            if (In(decided, cell) - In(now, cell) is > 0 and var more)
            {
                yield return new GuestCell(cell, null, more, MemoryMode.Strict, CpuSet.Single(cell));
            }
        }
    }

    private static long In(GuestIndex guest, int cell) =>
        guest.Claims.Where(claim => claim.PageKiB is null && claim.Cells?.Contains(cell) == true).Sum(claim => claim.In(cell));
}
