using CsCheck;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>Guests and questions of all kinds.</summary>
internal static class GensQuestion
{
    private static readonly Gen<MemoryMode> Modes = Gen.Enum<MemoryMode>();

    /// <summary>A guest that the machine of <see cref="Questions"/> can hold: any CPUs, memory the cells have.</summary>
    public static readonly Gen<GuestPins> Fitting =
        from pins in Gen.Int[0, 15].Array[1, 3].Array[1, 6]
        from cells in Gen.Int[0, 3].Array[1, 3]
        from bound in Gen.Bool
        from mode in Modes
        from gib in Gen.Int[1, 7]
        from emulator in Gen.Null(Gen.Int[0, 15].Select(cpu => CpuSet.Of(cpu)))
        from shared in Gen.Null(Gen.Int[0, 15].Array[1, 6].Select(cpus => CpuSet.Of(cpus)))
        select new GuestPins(
            "g",
            Vcpus: new GuestVcpus(pins.Length, pins.Length),
            MemoryKiB: gib * Questions.GiB,
            Cpus: shared,
            Pins: [.. pins.Select((cpus, vcpu) => new VcpuPin(vcpu, CpuSet.Of(cpus)))],
            Emulator: emulator,
            Memory: bound ? new MemoryBinding(mode, CpuSet.Of(cells)) : null);

    /// <summary>Any guest at all, sense or not, against any topology, with any context and others.</summary>
    public static readonly Gen<FitQuestion> Any =
        from guest in Odd()
        from others in Odd().Array[0, 2]
        from host in Gen.Null(GensTopology.Any, 0.1)
        from context in Gen.Null(GensTopology.Any, 0.3)
        from situation in Gen.Enum<Situation>()
        from free in Gen.Long[0, 20_000].Nullable()
        from ratio in Gen.Double[0.1, 4].Nullable()
        select new FitQuestion(
            guest,
            new FitHost("h", host, new ObservedMemory([.. Enumerable.Range(0, 4).Select(cell => new CellMemory(cell, 8192, free, free))]), "x86_64"),
            situation,
            new FitContext(context),
            others,
            new FitLimits(ratio, ratio));

    private static Gen<GuestPins> Odd() =>
        from name in Gen.OneOf("a", "b", "c")
        from vcpus in Gen.Null(Gen.Int[1, 4].Select(count => new GuestVcpus(4, count)))
        from pins in Gen.Select(Gen.Null(GensTopology.Cpus, 0.1), Gen.Null(GensTopology.Cpus, 0.8)).Array[0, 4]
        from inherited in Gen.Null(GensTopology.Cpus)
        from cells in Gen.Null(GensTopology.Cpus)
        from mode in Modes
        from exclusive in Gen.Bool.Nullable()
        from smt in Gen.Enum<SmtPolicy>().Nullable()
        from memory in Gen.Long[0, 20_000].Nullable()
        from pages in Gen.OneOf<long?>(null, 2048, 4).Select(size => new GuestPages(size, null)).Array[0, 1]
        from devices in Gen.OneOf("0000:3b:00.0", "0000:00:1f.0").Array[0, 1]
        select new GuestPins(
            name,
            Exclusive: exclusive,
            Smt: smt,
            Vcpus: vcpus,
            MemoryKiB: memory,
            Cpus: inherited,
            Pins: [.. pins.Select((pin, vcpu) => new VcpuPin(vcpu, pin.Item1, pin.Item2))],
            Emulator: inherited,
            Iothreads: [new IothreadPin(1, inherited)],
            Memory: new MemoryBinding(mode, cells),
            Pages: pages,
            HostDevices: devices,
            GuestCells: cells is null ? [] : [new GuestCell(0, GensCells(0), memory, mode, cells), new GuestCell(1, GensCells(2), memory)]);

    private static CpuSet GensCells(int first) => CpuSet.Range(first, first + 1);
}
