using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>A pinning with all that a decision names as it was decided.</summary>
internal static class AsDecided
{
    public static GuestPins Of(GuestPins guest, GuestPins decided) => guest with
    {
        Exclusive = decided.Exclusive ?? guest.Exclusive,
        Smt = decided.Smt ?? guest.Smt,
        Reserved = decided.Reserved ?? guest.Reserved,
        Pins = [.. guest.Pins.Where(pin => decided.Pins.All(other => other.Vcpu != pin.Vcpu)).Concat(decided.Pins).OrderBy(pin => pin.Vcpu)],
        Emulator = decided.Emulator ?? guest.Emulator,
        Iothreads = [.. guest.Iothreads.Select(thread => decided.Iothreads.FirstOrDefault(one => one.Id == thread.Id && one.Cpus is not null) ?? thread)],
        Memory = decided.Memory is { Cells: { } cells } memory ? guest.Memory is { } own && memory.Mode == MemoryMode.Strict ? own with { Cells = cells } : memory : guest.Memory,
        GuestCells =
        [
            .. guest.GuestCells.Select(cell => decided.GuestCells.FirstOrDefault(one => one.Id == cell.Id) is { Cells: { } bound } meant
                ? cell with { Cells = bound, Mode = cell.Mode ?? meant.Mode }
                : Whole(guest, decided) is { } all && cell.Cells is not null ? cell with { Cells = all } : cell),
        ],
    };

    // What a guest cell says itself outweighs what is said of the whole; where that was decided elsewhere, it says so too.
    private static CpuSet? Whole(GuestPins guest, GuestPins decided) =>
        decided.Memory?.Cells is { } cells && decided.GuestCells.All(cell => cell.Cells is null) && !cells.Equals(guest.BoundCells()) ? cells : null;
}
