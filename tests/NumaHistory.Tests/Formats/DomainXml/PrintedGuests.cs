using CsCheck;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>Guests as a reader of domain XML makes them, to be written again.</summary>
internal static class PrintedGuests
{
    private static readonly Gen<CpuSet> Lists = Gen.Int[0, 40].Array[1, 5].Select(ids => CpuSet.Of(ids));

    private static readonly Gen<MemoryBinding> Bindings =
        Gen.Select(Gen.Enum<MemoryMode>(), Lists, (mode, cells) => new MemoryBinding(mode, cells));

    /// <summary>One that has everything a pinning can have.</summary>
    public static readonly GuestPins Whole = new(
        "web02",
        "f3a1c0de-0000-4000-8000-000000000002",
        Vcpus: new GuestVcpus(4, 3),
        MemoryKiB: 4_194_304,
        Placement: "static",
        Cpus: Some.Cpus("0-7"),
        Pins: [new VcpuPin(0, Some.Cpus("2-3")), new VcpuPin(1, Some.Cpus("3")), new VcpuPin(3, Some.Cpus("6"))],
        Emulator: Some.Cpus("0-1"),
        Iothreads: [new IothreadPin(1, null), new IothreadPin(4, Some.Cpus("1"))],
        Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus("0-1")),
        Pages: [new GuestPages(2048, Some.Cpus("0")), new GuestPages(1_048_576, Some.Cpus("1"))],
        CurrentMemoryKiB: 4_194_304,
        Backing: new MemoryBacking(Locked: true, Immediate: true),
        GuestCells:
        [
            new GuestCell(0, Some.Cpus("0-1"), 2_097_152, MemoryMode.Strict, Some.Cpus("0"), [new CellDistance(0, 10), new CellDistance(1, 20)]),
            new GuestCell(1, Some.Cpus("2-3"), 2_097_152, MemoryMode.Preferred, Some.Cpus("1"), [new CellDistance(0, 20), new CellDistance(1, 10)]),
        ]);

    public static readonly Gen<GuestPins> Any =
        from maximum in Gen.Int[1, 6]
        from current in Gen.Int[1, maximum]
        from pins in Gen.Null(Lists).Array[maximum]
        from cpus in Gen.Null(Lists)
        from emulator in Gen.Null(Lists)
        from threads in Gen.Null(Lists).Array[0, 3]
        from memory in Gen.Null(Bindings)
        from size in Gen.Long[1024, 1L << 40]
        from cells in Cells(maximum)
        from pages in Gen.OneOf<GuestPages[]>(Gen.Const<GuestPages[]>([]), Gen.Const<GuestPages[]>([new(null, null)]), Gen.Const<GuestPages[]>([new(2048, null)]))
        from locked in Gen.Bool
        from immediate in Gen.Bool
        select new GuestPins(
            "any & <all>",
            Vcpus: new GuestVcpus(maximum, current),
            MemoryKiB: size,
            Placement: "static",
            Cpus: cpus,
            Pins: [.. pins.Select((list, vcpu) => new VcpuPin(vcpu, list)).Where(pin => pin.Cpus is not null)],
            Emulator: emulator,
            Iothreads: [.. threads.Select((list, id) => new IothreadPin(id * 2 + 1, list))],
            Memory: memory,
            Pages: pages,
            CurrentMemoryKiB: size,
            Backing: new MemoryBacking(locked, immediate),
            GuestCells: memory?.Mode == MemoryMode.Restrictive ? [.. cells.Select(cell => cell with { Mode = null, Cells = null })] : cells);

    // vCPUs are dealt out in turn; a single cell has no distances to tell.
    private static Gen<GuestCell[]> Cells(int vcpus) =>
        from count in Gen.Int[0, Math.Min(vcpus, 3)]
        from bound in Gen.Null(Bindings).Array[count]
        from sizes in Gen.Long[1, 1L << 40].Array[count]
        from far in Gen.Int[11, 255]
        select Enumerable.Range(0, count)
            .Select(id => new GuestCell(
                id,
                CpuSet.Of(Enumerable.Range(0, vcpus).Where(vcpu => vcpu % count == id)),
                sizes[id],
                bound[id]?.Mode,
                bound[id]?.Cells,
                count > 1 ? [.. Enumerable.Range(0, count).Select(to => new CellDistance(to, to == id ? 10 : far))] : []))
            .ToArray();
}
