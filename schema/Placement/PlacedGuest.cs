using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>A candidate as the pinning that a guest would have: strict memory, one guest cell on one host cell.</summary>
internal static class PlacedGuest
{
    /// <summary>
    /// The cells with a place for the emulator where it shares: beside shared vCPUs on their CPUs; beside dedicated ones on CPUs of the first host
    /// cell that threads of other guests share already, else on one CPU that is free, so that no more are lost to others than have to be.
    /// </summary>
    public static IReadOnlyList<PlacedCell> WithEmulator(IReadOnlyList<PlacedCell> cells, PlacementHost host, GuestWish wish)
    {
        if (wish.Emulator == EmulatorPolicy.Isolate)
        {
            return cells;
        }

        var room = host.Cells.First(one => one.Id == cells[0].HostCell);
        return [cells[0] with { Emulator = wish.Cpu == CpuKind.Shared ? Cpus([cells[0]]) : Beside(cells, room, wish) }, .. cells.Skip(1)];
    }

    // Where there is none, the check of the pinning says that the vCPUs are not alone.
    private static CpuSet Beside(IReadOnlyList<PlacedCell> cells, CellRoom room, GuestWish wish)
    {
        var own = Cpus(cells).Union(CpuSet.Of(cells.SelectMany(cell => (cell.Reserved ?? CpuSet.Empty).Members())));
        foreach (var core in wish.Smt == SmtPolicy.Isolate ? room.Siblings ?? [] : [])
        {
            own = core.Overlaps(own) ? own.Union(core) : own;
        }

        var common = (room.UsedDedicatedCpus ?? CpuSet.Empty).Intersect(room.SharedCpus ?? CpuSet.Empty).Except(own);
        return !common.IsEmpty ? common
            : PinChoice.Leftover(new CellSupply(room), own.Union((room.DedicatedCpus ?? CpuSet.Empty).Except(room.SharedCpus ?? CpuSet.Empty))) is >= 0 and var plain
                ? CpuSet.Single(plain)
            : PinChoice.Leftover(new CellSupply(room), own) is >= 0 and var spare ? CpuSet.Single(spare)
            : Balanced(Cpus([cells[0]]), room);
    }

    // The kernel balances nothing over isolated CPUs: what several may run on leaves them out, where others are.
    private static CpuSet Balanced(CpuSet cpus, CellRoom room) =>
        room.SharedCpus is { } balanced && cpus.Intersect(balanced) is { IsEmpty: false } some ? some : CpuSet.Single(cpus.First);

    public static GuestPins Of(IReadOnlyList<PlacedCell> cells, GuestWish wish)
    {
        var emulator = cells.Select(cell => cell.Emulator).OfType<CpuSet>().FirstOrDefault();
        var reserved = CpuSet.Of(cells.SelectMany(cell => (cell.Reserved ?? CpuSet.Empty).Members()))
            .Union(wish.Emulator == EmulatorPolicy.Isolate && emulator is not null ? emulator : CpuSet.Empty);
        var sizes = cells.Where(cell => cell.PageSizeKiB is not null).GroupBy(cell => cell.PageSizeKiB).ToList();
        return new GuestPins(
            wish.Name,
            Exclusive: wish.Cpu == CpuKind.Dedicated,
            Smt: wish.Cpu == CpuKind.Dedicated ? wish.Smt : null,
            Vcpus: new GuestVcpus(wish.Vcpus, wish.CurrentVcpus ?? wish.Vcpus),
            MemoryKiB: cells.Sum(cell => cell.MemoryKiB ?? 0),
            Placement: "static",
            Pins: [.. cells.SelectMany(cell => cell.Pins!).OrderBy(pin => pin.Vcpu)],
            Emulator: emulator,
            Iothreads: [.. wish.Iothreads.Select(id => new IothreadPin(id, emulator))],
            Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(cells.Select(cell => cell.HostCell))),
            Pages: [.. sizes.Select(size => new GuestPages(size.Key, cells.Count > 1 ? CpuSet.Of(size.Select(cell => cell.GuestCell)) : null))],
            CurrentMemoryKiB: Math.Min(wish.CurrentMemoryKiB ?? long.MaxValue, cells.Sum(cell => cell.MemoryKiB ?? 0)),
            Backing: new MemoryBacking(false, false),
            HostDevices: wish.HostDevices,
            GuestCells: cells.Count < 2 && wish.Layout is null ? [] :
            [
                .. cells.Select(cell => new GuestCell(
                    cell.GuestCell, CpuSet.Of(cell.Pins!.Select(pin => pin.Vcpu)), cell.MemoryKiB, MemoryMode.Strict, CpuSet.Of(cell.HostCell),
                    wish.Layout?.FirstOrDefault(one => one.Id == cell.GuestCell)?.Distances)),
            ],
            Reserved: reserved.IsEmpty ? null : reserved);
    }

    private static CpuSet Cpus(IEnumerable<PlacedCell> cells) => CpuSet.Of(cells.SelectMany(cell => cell.Pins!).SelectMany(pin => pin.Cpus!.Members()));
}
