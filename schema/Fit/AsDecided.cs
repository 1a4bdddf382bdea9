using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Fit;

/// <summary>A pinning with all that a decision names as it was decided.</summary>
internal static class AsDecided
{
    /// <summary>The guest as it would be, with guest cells bound to the host cells that they are pinned to where a decision leaves that open.</summary>
    public static GuestPins Of(GuestPins guest, GuestPins decided, HostTopology? topology)
    {
        var pinned = guest with
        {
            Exclusive = decided.Exclusive ?? guest.Exclusive,
            Smt = decided.Smt ?? guest.Smt,
            Reserved = decided.Reserved ?? guest.Reserved,
            Pins = [.. guest.Pins.Where(pin => decided.Pins.All(other => other.Vcpu != pin.Vcpu)).Concat(decided.Pins).OrderBy(pin => pin.Vcpu)],
            Emulator = decided.Emulator ?? guest.Emulator,
            Iothreads = [.. guest.Iothreads.Select(thread => decided.Iothreads.FirstOrDefault(one => one.Id == thread.Id && one.Cpus is not null) ?? thread)],
            Memory = decided.Memory is { Cells: { } cells } memory ? guest.Memory is { } own && memory.Mode == MemoryMode.Strict ? own with { Cells = cells } : memory : guest.Memory,
        };
        var whole = Whole(guest, decided);
        var each = whole is null ? null : Each(pinned, whole, topology);
        return pinned with
        {
            GuestCells =
            [
                .. guest.GuestCells.Select(cell => decided.GuestCells.FirstOrDefault(one => one.Id == cell.Id) is { Cells: { } bound } meant
                    ? cell with { Cells = bound, Mode = cell.Mode ?? meant.Mode }
                    : whole is not null && cell.Cells is not null ? cell with { Cells = each?[cell.Id] ?? whole } : cell),
            ],
        };
    }

    // What a guest cell says itself outweighs what is said of the whole; where that was decided elsewhere, it says so too.
    private static CpuSet? Whole(GuestPins guest, GuestPins decided) =>
        decided.Memory?.Cells is { } cells && decided.GuestCells.All(cell => cell.Cells is null) && !cells.Equals(guest.BoundCells()) ? cells : null;

    // By guest cell the host cells that its vCPUs are pinned to; null where those are not just the cells decided.
    private static Dictionary<int, CpuSet>? Each(GuestPins guest, CpuSet whole, HostTopology? topology)
    {
        if (topology?.Cells is not { } cells || guest.GuestCells.Any(cell => cell.Vcpus is not { IsEmpty: false } || cell.Cells is null))
        {
            return null;
        }

        var each = guest.GuestCells.ToDictionary(
            cell => cell.Id,
            cell => cell.Vcpus!.Members().Select(guest.CpusOf).Aggregate(CpuSet.Empty, (all, cpus) => cpus is null ? all : all.Union(Under(cells, cpus))));
        return each.Values.All(on => !on.IsEmpty) && each.Values.Aggregate(CpuSet.Empty, (all, on) => all.Union(on)).Equals(whole) ? each : null;
    }

    private static CpuSet Under(IReadOnlyList<Cell> cells, CpuSet cpus) =>
        CpuSet.Of(cells.Where(cell => cell.Cpus is { } own && own.Overlaps(cpus)).Select(cell => cell.Id));
}
