using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>
/// A part of a guest that is meant to be local: a guest cell, or the whole guest where it sees none. Cpus = where its vCPUs are pinned
/// one by one, Bound = the host cells its memory is bound to, null = not bound.
/// </summary>
internal sealed record GuestPart(string Subject, string Name, CpuSet Cpus, CpuSet? Bound, MemoryMode Mode, long? MemoryKiB, int? Id)
{
    public static IReadOnlyList<GuestPart> Of(GuestIndex pins)
    {
        var guest = pins.Guest;
        var whole = guest.Memory;
        return guest.GuestCells.Count == 0
            ? [new GuestPart("guest", "the guest", pins.Vcpus, whole?.Cells, whole?.Mode ?? MemoryMode.Strict, guest.MemoryKiB, null)]
            :
            [
                .. guest.GuestCells.Select(cell => new GuestPart(
                    FitWords.GuestCell(cell.Id),
                    FitWords.GuestCell(cell.Id),
                    PinnedTo(pins, cell.Vcpus),
                    cell.Cells ?? whole?.Cells,
                    cell.Mode ?? whole?.Mode ?? MemoryMode.Strict,
                    cell.MemoryKiB,
                    cell.Id)),
            ];
    }

    private static CpuSet PinnedTo(GuestIndex pins, CpuSet? vcpus)
    {
        var cpus = new CpuSetBuilder();
        foreach (var pin in pins.Active)
        {
            if (vcpus?.Contains(pin.Vcpu) == true)
            {
                cpus.AddAll(pin.Cpus!);
            }
        }

        return cpus.Build();
    }
}
