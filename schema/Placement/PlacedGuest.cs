using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Schema.Placement;

/// <summary>A candidate as the pinning that a guest would have: strict memory, one guest cell on one host cell.</summary>
internal static class PlacedGuest
{
    /// <summary>The cells with a place for the emulator where it shares: CPUs of these host cells that nobody has for himself.</summary>
    public static IReadOnlyList<PlacedCell> WithEmulator(IReadOnlyList<PlacedCell> cells, PlacementHost host, GuestWish wish)
    {
        if (wish.Emulator == EmulatorPolicy.Isolate)
        {
            return cells;
        }

        var own = wish.Cpu == CpuKind.Dedicated ? Cpus(cells) : CpuSet.Empty;
        return
        [
            .. cells.Select((cell, i) =>
            {
                var room = host.Cells.First(one => one.Id == cell.HostCell);
                var free = room.SharedCpus!.Except(own);
                return i > 0 ? cell : cell with { Emulator = free.IsEmpty ? Cpus([cell]) : free };
            }),
        ];
    }

    public static GuestPins Of(IReadOnlyList<PlacedCell> cells, GuestWish wish)
    {
        var emulator = cells.Select(cell => cell.Emulator).OfType<CpuSet>().FirstOrDefault();
        var reserved = CpuSet.Of(cells.SelectMany(cell => (cell.Reserved ?? CpuSet.Empty).Members()));
        var sizes = cells.Where(cell => cell.PageSizeKiB is not null).GroupBy(cell => cell.PageSizeKiB).ToList();
        return new GuestPins(
            wish.Name,
            Exclusive: wish.Cpu == CpuKind.Dedicated,
            Smt: wish.Cpu == CpuKind.Dedicated ? wish.Smt : null,
            Vcpus: new GuestVcpus(wish.Vcpus, wish.Vcpus),
            MemoryKiB: cells.Sum(cell => cell.MemoryKiB ?? 0),
            Placement: "static",
            Pins: [.. cells.SelectMany(cell => cell.Pins!).OrderBy(pin => pin.Vcpu)],
            Emulator: emulator,
            Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(cells.Select(cell => cell.HostCell))),
            Pages: [.. sizes.Select(size => new GuestPages(size.Key, cells.Count > 1 ? CpuSet.Of(size.Select(cell => cell.GuestCell)) : null))],
            CurrentMemoryKiB: cells.Sum(cell => cell.MemoryKiB ?? 0),
            Backing: new MemoryBacking(false, false),
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
