using CsCheck;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Replay;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Replay;

/// <summary>Facts of two hosts and three guests, made up at random over two hours, a few minutes apart.</summary>
internal static class Histories
{
    public static readonly Guid[] Guests = [.. Enumerable.Range(1, 3).Select(i => new Guid($"5d0c3f8e-0000-4000-8000-00000000000{i}"))];

    // Pages for one of two guests that want them.
    private static readonly HostTopology Machine = Questions.Cell(Questions.Machine().Topology(), 2, cell => cell with { Pages = [new PagePool(2048, 3072)] });

    private static readonly HostTopology[] Machines =
    [
        Machine,
        Questions.Masks(Machine, masks => masks with { Online = Some.Cpus("0-4,6-15") }),
        Questions.Cell(Machine, 1, cell => cell with { MemoryKiB = 2 * Questions.GiB }),
        (Questions.Machine() with { Threads = 1 }).Topology(),
        (Questions.Machine() with { Devices = [] }).Topology(),
    ];

    private static readonly Gen<string> Host = Gen.OneOf("h1", "h2");
    private static readonly Gen<string> Source = Gen.Frequency((4, Gen.Const("sysfs")), (1, Gen.Const("libvirt")));
    private static readonly Gen<DateTimeOffset> At = Gen.Int[0, 24].Select(five => Some.Minute(five * 5));

    private static readonly Gen<GuestPins> Pins = Gen.Select(Gen.OneOf("4", "5", "4-5", "8", "4-7"), Gen.OneOf("1", "2", "0-1", ""), Gen.Bool, Gen.Int[0, 5]).Select(
        (cpus, cells, exclusive, kind) => Questions.Guest() with
        {
            Pins = [new VcpuPin(0, Some.Cpus(cpus))],
            Memory = cells.Length == 0 ? null : new MemoryBinding(cells == "0-1" ? MemoryMode.Interleave : MemoryMode.Strict, Some.Cpus(cells)),
            Exclusive = exclusive,
            Backing = new MemoryBacking(kind == 1, false),
            HostDevices = kind == 2 ? ["0000:3b:00.0"] : [],
            Pages = kind > 3 ? [new GuestPages(kind == 4 ? 2048 : null, null)] : [],
        });

    private static readonly Gen<IHostFact> Hosts = Gen.Select(Gen.Int[0, 5], Host, Source, At, Gen.Int[0, 4]).Select(IHostFact (kind, host, source, at, n) => kind switch
    {
        0 or 1 => new TopologyObserved(host, source, Machines[n].Fingerprint!, Machines[n].Structure(), at),
        2 or 3 => new CapacityObserved(host, source, Machines[n].CapacityFingerprint!, Machines[n].Capacity(), at),
        4 when n > 1 => new SamplingGap(host, source, at.AddMinutes(-12), at, "stall", at),
        4 => new SourceFailed(host, source, "gone", at),
        _ => new SourceRecovered(host, source, at),
    });

    // What both hosts are at first, or a context that names nothing.
    private static readonly Gen<PinningContext> Context = Gen.Bool.Select(isNamed =>
        isNamed ? new PinningContext(Machines[0].Fingerprint, Machines[0].CapacityFingerprint, null, []) : new PinningContext(null, null, null, []));

    private static readonly Gen<IHostFact> People = Gen.Select(Gen.Int[0, 7], Host, At, Gen.Int[0, 2], Pins, Context).Select(IHostFact (kind, host, at, n, pins, context) => kind switch
    {
        0 => new GuestStarted(host, "libvirt", Guests[n], $"g{n}", "running", at),
        1 => new GuestStopped(host, "libvirt", Guests[n], $"g{n}", null, at),
        2 => new GuestGone(host, "libvirt", Guests[n], $"g{n}", at),
        3 => new MoveDeclared(host, Guests[n], $"g{n}", null, "me", "why", at),
        4 => PinningObserved.Of(host, "libvirt", pins with { Guest = $"g{n}", Uuid = Guests[n].ToString(), Layer = PinLayer.Live }, at),
        5 => new PinningDecided(host, Guests[n], $"g{n}", pins, context, "me", "why", "declared", [], [], at),
        6 => new PinningReleased(host, Guests[n], $"g{n}", "me", "why", at),
        _ => PinningObserved.Of(host, "libvirt", pins with { Guest = $"g{n}", Uuid = Guests[n].ToString() }, at),
    });

    /// <summary>A machine each, then anything; memory of both hosts in every half hour, counted as hours here.</summary>
    public static readonly Gen<ReplayInput> Any = Gen.Select(Hosts.Array[0, 8], People.Array[1, 12], Gen.Long[0, 8 * Questions.GiB].Array[8]).Select((hosts, people, free) =>
        new ReplayInput(
        [
            .. new[] { "h1", "h2" }.SelectMany(host => new IHostFact[]
            {
                new TopologyObserved(host, "sysfs", Machines[0].Fingerprint!, Machines[0].Structure(), Some.Noon),
                new CapacityObserved(host, "sysfs", Machines[0].CapacityFingerprint!, Machines[0].Capacity(), Some.Noon),
            }).Concat(hosts).Concat(people).Select(fact => new HistoryFact(Guid.NewGuid(), fact)),
        ])
        {
            Hours = new[] { "h1", "h2" }.Select((host, i) => (host, Hours: (IReadOnlyList<HourMemory>)
                [.. Enumerable.Range(0, 4).Select(half => new HourMemory(Some.Minute(half * 30), Free(free[(i * 4) + half])))]))
                .ToDictionary(one => one.host, one => one.Hours),
        });

    private static ObservedMemory Free(long kib) =>
        new([.. Enumerable.Range(0, 4).Select(id => new CellMemory(id, 8 * Questions.GiB, kib, Questions.GiB / 2, id == 2 ? [new FreePages(2048, kib / 2048)] : []))]);
}
