using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>Every row of the rules turns FITS into its verdict, and without its cause the guest fits again.</summary>
public sealed class FitRowTests
{
    private const long GiB = Questions.GiB;

    private static readonly FitRow[] Rows =
    [
        FitRow.OfHost("a CPU is gone", "cpu-gone", Verdict.Broken, host => Questions.Masks(host, masks => masks with { Present = Some.Cpus("0-4,6-15"), Online = Some.Cpus("0-4,6-15") })),
        FitRow.OfHost("one of several CPUs is gone", "cpu-gone", Verdict.Degraded, host => Questions.Masks(host, masks => masks with { Present = Some.Cpus("0-4,6-15"), Online = Some.Cpus("0-4,6-15") }))
            .InContext(guest => guest with { Pins = [new VcpuPin(0, Some.Cpus("4-5")), new VcpuPin(1, Some.Cpus("4-5"))] }),
        new("a CPU is offline before the start", "cpu-offline", Verdict.Broken, Offline("5")),
        new("one of several CPUs is offline before the start", "cpu-offline", Verdict.Degraded, Offline("5"))
        {
            Given = question => question with { Guest = question.Guest with { Pins = [new VcpuPin(0, Some.Cpus("4-5"))] } },
        },
        new FitRow("a CPU is offline while it runs", "cpu-offline", Verdict.Degraded, Offline("5")).Running(),
        new FitRow("a CPU is not allowed, the second cgroup version", "cpu-not-allowed", Verdict.Broken, Allowed("0-4", 2)),
        new FitRow("a set is narrowed, the second cgroup version", "cpu-not-allowed", Verdict.Degraded, Allowed("0-4", 2))
            .InContext(guest => guest with { Pins = [new VcpuPin(0, Some.Cpus("4-5"))] }),
        new FitRow("a set is narrowed, the first cgroup version", "cpu-not-allowed", Verdict.Broken, Allowed("0-4", 1))
            .InContext(guest => guest with { Pins = [new VcpuPin(0, Some.Cpus("4-5"))] }),
        new("isolation was lost", "cpu-not-isolated", Verdict.Degraded, question => question with { Host = Host(question, Questions.Machine()) })
        {
            Given = question => question with
            {
                Context = new FitContext((Questions.Machine() with { Isolated = Some.Cpus("4-7") }).Topology()),
                Host = Host(question, Questions.Machine() with { Isolated = Some.Cpus("4-7") }),
            },
        },
        new FitRow("a vCPU floats over isolated CPUs", "isolated-floating", Verdict.Degraded, question => question with { Guest = question.Guest with { Pins = [new VcpuPin(0, Some.Cpus("6-7"))] } })
        {
            Given = question => question with { Host = Host(question, Questions.Machine() with { Isolated = Some.Cpus("6-7") }) },
        }.WithoutContext(),
        FitRow.OfHost("a CPU number means another core", "cpu-remapped", Verdict.Degraded, host => Questions.Cpu(host, 4, cpu => cpu with { ApicId = 9, Core = 7 })),
        FitRow.OfHost("a CPU number means another model", "cpu-remapped", Verdict.Degraded, host => Questions.Cpu(host, 4, cpu => cpu with { Model = "B" })),
        new FitRow("vCPUs lie on two types of core", "core-type-mixed", Verdict.Degraded, question => question with { Host = question.Host with { Topology = Questions.Cpu(question.Host.Topology!, 4, cpu => cpu with { CoreType = "efficiency" }) } })
        {
            Given = question => question with { Host = question.Host with { Topology = Questions.Cpu(question.Host.Topology!, 5, cpu => cpu with { CoreType = "performance" }) } },
        },
        new("the bound cell is gone", "cell-gone", Verdict.Broken, question => question with { Host = Host(question, Questions.Machine().Without(1)) }),
        new("cells change their numbers", "cell-renumbered", Verdict.Degraded, question => question with { Host = Host(question, Questions.Machine().Renumbered(id => id is 1 or 2 ? 3 - id : id)) }),
        new("cells change their numbers under a binding", "cell-split", Verdict.Degraded, question => question with { Host = Host(question, Questions.Machine().Renumbered(id => id is 1 or 2 ? 3 - id : id)) }),
        new("numbers of other cells change", "cell-renumbered", Verdict.Info, question => question with { Host = Host(question, Questions.Machine().Renumbered(id => id is 2 or 3 ? 5 - id : id)) }),
        FitRow.OfGuest("memory is bound to another cell than the CPUs", "cell-split", Verdict.Degraded, guest => guest with { Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("0")) }).WithoutContext(),
        FitRow.OfGuest("vCPUs lie in two cells", "cell-split", Verdict.Degraded, guest => guest with { Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("8"))], Memory = null }).WithoutContext(),
        new FitRow("a sibling is used by another guest", "smt-policy", Verdict.Broken, question => question with { Others = [Other("5") with { Uuid = "5d0c3f8e-0000-4000-8000-000000000009" }] })
            .InContext(guest => guest with { Smt = SmtPolicy.Isolate, Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("6"))] }),
        new("vCPUs are no pairs of siblings", "smt-policy", Verdict.Broken, question => question with { Guest = question.Guest with { Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("6"))] } })
        {
            Given = question => question with { Guest = question.Guest with { Smt = SmtPolicy.Require } },
        },
        new("SMT was switched off", "smt-changed", Verdict.Degraded, question => question with { Host = Host(question, Questions.Machine() with { Offline = Some.Cpus("1,3,5,7,9,11,13,15") }) })
        {
            Given = question => question with { Guest = question.Guest with { Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("6"))] } },
        },
        new("another guest is on exclusive CPUs", "overlap", Verdict.Broken, question => question with { Others = [Other("5")] })
        {
            Given = question => question with { Guest = Exclusive(question.Guest), Others = [Other("6")] },
        },
        new("it is on the exclusive CPUs of another guest", "overlap", Verdict.Broken, question => question with { Others = [Exclusive(Other("5"))] })
        {
            Given = question => question with { Others = [Other("5")] },
        },
        new("two vCPUs have one exclusive CPU", "self-overlap", Verdict.Broken, question => question with { Guest = question.Guest with { Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("4"))] } })
        {
            Given = question => question with { Guest = Exclusive(question.Guest) },
        },
        new("shared vCPUs exceed the ratio", "overcommit", Verdict.Degraded, question => question with { Limits = new FitLimits(CpuAllocationRatio: 0.25) })
        {
            Given = question => question with { Limits = new FitLimits(CpuAllocationRatio: 0.5) },
        },
        FitRow.OfGuest("memory bound to nothing is more than the host has", "memory-capacity", Verdict.Info, guest => guest with { MemoryKiB = 64 * GiB })
            .InContext(guest => guest with { Memory = null }).Running(),
        FitRow.OfGuest("and has to be there at the start", "memory-capacity", Verdict.Broken, guest => guest with { MemoryKiB = 64 * GiB })
            .InContext(guest => guest with { Memory = null, Backing = new MemoryBacking(true, false) }),
        FitRow.OfGuest("more memory is bound than the cell has", "memory-capacity", Verdict.Broken, guest => guest with { MemoryKiB = 9 * GiB }),
        FitRow.OfGuest("more memory is preferred than the cell has", "memory-capacity", Verdict.Degraded, guest => guest with { MemoryKiB = 9 * GiB, Memory = new MemoryBinding(MemoryMode.Preferred, Some.Cpus("1")) }),
        FitRow.OfGuest("restrictive is strict for capacity", "memory-capacity", Verdict.Broken, guest => guest with { MemoryKiB = 9 * GiB, Memory = new MemoryBinding(MemoryMode.Restrictive, Some.Cpus("1")) }),
        new("the cell is full before the start", "memory-free", Verdict.Degraded, Memory(GiB, GiB)),
        FitRow.OfGuest("the host is full before the start", "memory-free", Verdict.Degraded, guest => guest with { MemoryKiB = 33 * GiB, Memory = null }),
        new FitRow("the host is full and the memory is locked", "memory-free", Verdict.Broken, question => question with { Host = question.Host with { Memory = Everywhere(GiB / 2) } })
            .InContext(guest => guest with { Memory = null, Backing = new MemoryBacking(true, false) }),
        FitRow.OfGuest("locked memory spills into nothing", "memory-capacity", Verdict.Broken, guest => guest with { MemoryKiB = 33 * GiB })
            .InContext(guest => guest with { Memory = new MemoryBinding(MemoryMode.Interleave, Some.Cpus("0-3")), Backing = new MemoryBacking(true, false) }),
        new FitRow("the cell is full and the memory is locked", "memory-free", Verdict.Broken, Memory(GiB, GiB))
            .InContext(guest => guest with { Backing = new MemoryBacking(true, false) }),
        new("file cache has to go first", "memory-tight", Verdict.Degraded, Memory(3 * GiB, 3 * GiB)),
        new("everybody together is promised too much", "memory-committed", Verdict.Degraded, question => question with { Others = [Bound(5)] })
        {
            Given = question => question with { Others = [Bound(4)] },
        },
        FitRow.OfHost("a DIMM is gone", "memory-shrunk", Verdict.Degraded, host => Questions.Cell(host, 1, cell => cell with { MemoryKiB = 7 * GiB })),
        FitRow.OfHost("a boot settled a little lower", "memory-drift", Verdict.Info, host => Questions.Cell(host, 1, cell => cell with { MemoryKiB = (8 * GiB) - 4096 })),
        FitRow.OfHost("the cell is a slower tier", "memory-tier", Verdict.Degraded, host => Questions.Cell(Questions.Cell(host, 0, cell => cell with { Tier = 1 }), 1, cell => cell with { Tier = 4 })),
        FitRow.OfHost("the cell is movable only", "memory-tier", Verdict.Degraded, host => Questions.Cell(host, 1, cell => cell with { MovableKiB = cell.MemoryKiB })),
        FitRow.OfHost("the cell is movable only under a device", "memory-tier", Verdict.Broken, host => Questions.Cell(host, 1, cell => cell with { MovableKiB = cell.MemoryKiB }))
            .InContext(guest => guest with { HostDevices = ["0000:3b:00.0"] }),
        FitRow.OfHost("the page pool is too small", "hugepages", Verdict.Broken, Pool(100)) with { Given = WithPages },
        FitRow.OfHost("the page pool is gone", "hugepages", Verdict.Broken, Pool(0)) with { Given = WithPages },
        FitRow.OfHost("cells are further apart", "distance-worse", Verdict.Degraded, host => Questions.Cell(host, 1, cell => cell with { Distances = [.. cell.Distances!.Select(to => to.Cell == 2 ? to with { Distance = 40 } : to)] }))
            .InContext(Spread),
        FitRow.OfGuest("the emulator is far away", "emulator", Verdict.Degraded, guest => guest with { Emulator = Some.Cpus("12") }).WithoutContext(),
        FitRow.OfGuest("the emulator is on the vCPUs' own CPUs", "emulator", Verdict.Degraded, guest => guest with { Emulator = Some.Cpus("4") }).InContext(WithEmulator).WithoutContext(),
        FitRow.OfGuest("an I/O thread floats over the vCPUs' own CPUs", "emulator-floating", Verdict.Degraded, guest => guest with { Iothreads = [new IothreadPin(1, null)] })
            .InContext(guest => WithEmulator(guest) with { Iothreads = [new IothreadPin(1, Some.Cpus("7"))] }).WithoutContext(),
        FitRow.OfGuest("the emulator floats over the vCPUs' own CPUs", "emulator-floating", Verdict.Degraded, guest => guest with { Emulator = null }).InContext(WithEmulator).WithoutContext(),
        new("the emulator's CPU is offline", "emulator", Verdict.Broken, Offline("7"))
        {
            Given = question => question with { Guest = question.Guest with { Emulator = Some.Cpus("7") } },
        },
        FitRow.OfGuest("an I/O thread is far away", "iothread", Verdict.Degraded, guest => guest with { Iothreads = [new IothreadPin(1, Some.Cpus("12"))] }).WithoutContext(),
        new("the device is in another cell", "device-remote", Verdict.Degraded, question => question with { Host = Host(question, Questions.Machine() with { Devices = [new Device("0000:3b:00.0", "network", [], null, 3)] }) })
        {
            Given = question => question with { Guest = question.Guest with { HostDevices = ["0000:3b:00.0"] } },
        },
        new("the device is gone", "device-remote", Verdict.Broken, question => question with { Host = Host(question, Questions.Machine() with { Devices = [] }) })
        {
            Given = question => question with { Guest = question.Guest with { HostDevices = ["0000:3b:00.0"] } },
        },
        FitRow.OfGuest("nobody knows where the device is", "device-no-cell", Verdict.Unknown, guest => guest with { HostDevices = ["0000:5e:00.0"] }),
        FitRow.OfGuest("the CPU model is of another architecture", "cpu-model", Verdict.Broken, guest => guest with { CpuModel = "POWER9" }) with
        {
            Given = question => question with { Host = question.Host with { Architecture = "x86_64" }, Guest = question.Guest with { CpuModel = "Haswell" } },
        },
        new("two guest cells lie in one host cell", "vnuma-mismatch", Verdict.Degraded, question => question with { Guest = TwoCells(question.Guest, "4", "5", "1", "1") })
        {
            Given = question => question with { Guest = TwoCells(question.Guest, "4", "8", "1", "2"), Context = null },
        },
        FitRow.OfGuest("a pin is of a vCPU that is not online", "pin-inactive", Verdict.Info, guest => guest with { Vcpus = new GuestVcpus(2, 1) }),
        FitRow.OfHost("the cell has grown", "capacity-unused", Verdict.Info, host => Questions.Cell(host, 1, cell => cell with { MemoryKiB = 16 * GiB })),
        FitRow.OfGuest("the soft set is out of reach", "soft-unreachable", Verdict.Info, guest => guest with { Pins = [new VcpuPin(0, Some.Cpus("4"), Some.Cpus("6"))] }),
        new FitRow("the definition was changed under a running guest", "layer-differs", Verdict.Degraded, question => question with { OtherLayer = question.OtherLayer! with { Pins = [new VcpuPin(0, Some.Cpus("6"))] } })
        {
            Given = question => question with { Situation = Situation.Running, OtherLayer = question.Guest },
        },
        new FitRow("the definition binds memory elsewhere", "layer-differs", Verdict.Degraded, question => question with { OtherLayer = question.OtherLayer! with { Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("2")) } })
        {
            Given = question => question with { Situation = Situation.Running, OtherLayer = question.Guest },
        },
        Undone("a vCPU was decided to be elsewhere", new GuestPins("web02", Pins: [new VcpuPin(1, Some.Cpus("6"))]), new GuestPins("web02", Pins: [new VcpuPin(1, Some.Cpus("5"))])),
        Undone("its memory was decided to be elsewhere", Questions.Guest() with { Pins = [], Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("1-2")) }, Questions.Guest()),
        Undone("its memory was decided to be interleaved", Questions.Guest() with { Memory = new MemoryBinding(MemoryMode.Interleave, Some.Cpus("1")) }, Questions.Guest()),
        Impossible("what was decided cannot be done here", Verdict.Degraded, isOvertaken: false),
        Impossible("what was decided cannot be done here, and somebody pinned otherwise since", Verdict.Info, isOvertaken: true),
        new FitRow("a saved image is pinned otherwise", "layer-differs", Verdict.Degraded, question => question with { OtherLayer = question.OtherLayer! with { Emulator = Some.Cpus("6") } })
        {
            Given = question => question with { OtherLayer = question.Guest with { Layer = PinLayer.SavedImage } },
        },
        new FitRow("a thread runs elsewhere than it is pinned", "drift", Verdict.Degraded, Effective("4", "5-7")).Running(Effective("4", "5")),
        new FitRow("an emulator runs elsewhere than it is pinned", "drift", Verdict.Degraded, question => Effective("4", "5")(question) with { Guest = question.Guest with { Effective = question.Guest.Effective! with { Emulator = Some.Cpus("0-15") } } })
            .Running(question => Effective("4", "5")(question with { Guest = question.Guest with { Emulator = Some.Cpus("6-7") } })),
        new FitRow("memory lies elsewhere than it is bound", "drift", Verdict.Degraded, question => question with { Guest = question.Guest with { Effective = question.Guest.Effective! with { MemoryCells = Some.Cpus("0-1") } } })
            .Running(question => question with { Guest = question.Guest with { Effective = new EffectivePinning(MemoryCells: Some.Cpus("1")) } }),
        new FitRow("the first cgroup version keeps a CPU out", "cpuset-not-restored", Verdict.Degraded, Effective("4", "6"))
            .Running(question => Effective("4", "6-7")(question with
            {
                Guest = question.Guest with { Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("6-7"))] },
                Host = question.Host with { Settings = new HostSettings(Cgroup: 1) },
            })),
        new FitRow("the emulator really floats over the vCPUs' own CPUs", "emulator-floating", Verdict.Degraded, question => question with { Guest = question.Guest with { Effective = new EffectivePinning(Emulator: Some.Cpus("0-15")) } })
            .Running(question => question with { Context = null, Guest = Exclusive(question.Guest) with { Emulator = null, Effective = new EffectivePinning(Emulator: Some.Cpus("6-7")) } }),
        new FitRow("another host still holds a definition", "stale-definition", Verdict.Info, question => question with { DefinedElsewhere = ["h2"] }).Running(),
        new("the facts are too old", "stale", Verdict.Unknown, question => question with { Evidence = FitEvidence.None with { Stale = "nothing since yesterday" } }),
        new("no topology is known", "no-topology", Verdict.Unknown, question => question with { Host = question.Host with { Topology = null } }),
        new("no context was kept", "not-checked", Verdict.Info, question => question with { Context = null }),
    ];

    public static TheoryData<string> Names => [.. Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_turns_a_fit_into_its_verdict_and_back(string name)
    {
        var row = Rows.Single(one => one.Name == name);
        var before = row.Given(Questions.Ask());
        var after = row.Change(before);

        var fits = FitCheck.Check(before);
        var report = FitCheck.Check(after);

        Assert.True(fits.Verdict == Verdict.Fits, string.Join("; ", fits.Findings.Select(finding => finding.Text)));
        Assert.DoesNotContain(fits.Findings, finding => finding.Code == row.Code && finding.Verdict == row.Verdict);
        Assert.Contains(report.Findings, finding => finding.Code == row.Code && finding.Verdict == row.Verdict);
        Assert.True(report.Verdict >= (row.Verdict == Verdict.Info ? Verdict.Fits : row.Verdict));
        Assert.All(report.Findings, finding => Assert.True(finding.Text.Length > 20, finding.Code));
    }

    [Fact]
    public void Every_code_of_the_rules_has_a_row() => Assert.Empty(FitCheckTests.Codes.Except(Rows.Select(row => row.Code)));

    private static FitRow Impossible(string name, Verdict verdict, bool isOvertaken) => new(name, "layer-differs", verdict, question => question with
    {
        Undone = new UndoneDecision(new GuestPins("web02", Pins: [new VcpuPin(1, Some.Cpus("99"))]), "me", null, isOvertaken),
    })
    {
        Given = question => question with { Undone = new UndoneDecision(Questions.Guest(), "me", null, isOvertaken) },
    };

    private static FitRow Undone(string name, GuestPins decided, GuestPins done) =>
        new(name, "layer-differs", Verdict.Degraded, question => question with { Undone = new UndoneDecision(decided, "me", null) })
        {
            Given = question => question with { Undone = new UndoneDecision(done, "me", null) },
        };

    private static Func<FitQuestion, FitQuestion> Offline(string cpus) =>
        question => question with { Host = Host(question, Questions.Machine() with { Offline = Some.Cpus(cpus) }) };

    private static Func<FitQuestion, FitQuestion> Allowed(string cpus, int cgroup) => question => question with
    {
        Host = question.Host with
        {
            Topology = Questions.Masks(question.Host.Topology!, masks => masks with { Allowed = Some.Cpus(cpus) }),
            Settings = new HostSettings(Cgroup: cgroup),
        },
    };

    private static Func<FitQuestion, FitQuestion> Effective(string first, string second) => question => question with
    {
        Guest = question.Guest with { Effective = new EffectivePinning([new EffectivePin(0, Some.Cpus(first)), new EffectivePin(1, Some.Cpus(second))]) },
    };

    private static FitHost Host(FitQuestion question, Machine machine) => question.Host with { Topology = machine.Topology() };

    private static Func<FitQuestion, FitQuestion> Memory(long free, long reclaimable) => question => question with
    {
        Host = question.Host with { Memory = new ObservedMemory([new CellMemory(1, 8 * GiB, free, reclaimable)]) },
    };

    private static ObservedMemory Everywhere(long free) => new([.. Enumerable.Range(0, 4).Select(cell => new CellMemory(cell, 8 * GiB, free, 0))]);

    private static GuestPins Other(string cpus) => new(
        "db01", "5d0c3f8e-0000-4000-8000-000000000002", Vcpus: new GuestVcpus(1, 1), Pins: [new VcpuPin(0, Some.Cpus(cpus))]);

    private static GuestPins Bound(int gib) => Other("6") with { MemoryKiB = gib * GiB, Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("1")) };

    // An exclusive guest whose emulator keeps off its CPUs.
    private static GuestPins Exclusive(GuestPins guest) => guest with { Exclusive = true, Emulator = Some.Cpus("7") };

    private static GuestPins WithEmulator(GuestPins guest) => Exclusive(guest);

    private static FitQuestion WithPages(FitQuestion question)
    {
        var topology = Pool(2048)(question.Host.Topology!);
        return question with
        {
            Guest = question.Guest with { Pages = [new GuestPages(2048, null)] },
            Host = question.Host with { Topology = topology, Memory = Questions.Free(topology) },
            Context = new FitContext(topology),
        };
    }

    private static Func<HostTopology, HostTopology> Pool(long pages) =>
        host => Questions.Cell(host, 1, cell => cell with { Pages = [new PagePool(2048, pages)] });

    private static GuestPins Spread(GuestPins guest) => guest with
    {
        Pins = [new VcpuPin(0, Some.Cpus("4")), new VcpuPin(1, Some.Cpus("8"))],
        Memory = new MemoryBinding(MemoryMode.Interleave, Some.Cpus("1-2")),
    };

    private static GuestPins TwoCells(GuestPins guest, string left, string right, string leftCell, string rightCell) => guest with
    {
        Memory = null,
        Pins = [new VcpuPin(0, Some.Cpus(left)), new VcpuPin(1, Some.Cpus(right))],
        GuestCells =
        [
            new GuestCell(0, Some.Cpus("0"), 2 * GiB, MemoryMode.Strict, Some.Cpus(leftCell)),
            new GuestCell(1, Some.Cpus("1"), 2 * GiB, MemoryMode.Strict, Some.Cpus(rightCell)),
        ],
    };
}
