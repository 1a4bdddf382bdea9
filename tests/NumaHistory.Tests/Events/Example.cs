using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Tests.Events;

/// <summary>One filled example of every event: no member is null, so that the stored form of each is pinned.</summary>
internal static class Example
{
    private const string Host = "5f1c2a9be07d4c3f8a6b1d2e3f405162";
    private static readonly DateTimeOffset At = new(2026, 11, 1, 9, 0, 0, 250, TimeSpan.Zero);

    private static readonly HostTopology Topology = HostTopology.Of(
        new CpuMasks(
            CpuSet.Parse("0-7"),
            CpuSet.Parse("0-3"),
            CpuSet.Parse("0-2"),
            CpuSet.Parse("2"),
            CpuSet.Parse("1-2"),
            CpuSet.Parse("0-3")),
        [
            new Cell(
                0,
                CpuSet.Parse("0-3"),
                CpuSet.Parse("0-2"),
                2013264,
                65536,
                4,
                [new PagePool(2048, 32)],
                [new CellDistance(0, 10), new CellDistance(2, 255)],
                [new CellAccess(1, CpuSet.Parse("0-3"), 80, 90, 20480, 10240)],
                [new MemorySideCache(1, 131072, 64, "direct-mapped", "write-back")],
                "0/1"),
        ],
        [new CpuInfo(0, 0, 0, 1, 0, CpuSet.Parse("0-1"), CpuSet.Parse("0-3"), "performance", "Some CPU @ 2.40GHz", 4, 16)],
        [new Device("0000:3b:00.0", "network", ["eth0", "eth1"], "ixgbe", 0)]);

    private static readonly Guid Guest = Guid.Parse("4dea22b3-1d52-4d8f-a32b-6c1b5e2f7a10");

    private static readonly GuestPins Pins = new(
        "web02",
        $"{Guest}",
        "running",
        PinLayer.Live,
        "nova",
        true,
        SmtPolicy.Isolate,
        new GuestVcpus(4, 2),
        8388608,
        "static",
        CpuSet.Parse("0-3"),
        [new VcpuPin(0, CpuSet.Parse("2-3"), CpuSet.Parse("3"))],
        CpuSet.Parse("0-1"),
        [new IothreadPin(1, CpuSet.Parse("4"))],
        new MemoryBinding(MemoryMode.Strict, CpuSet.Parse("0")),
        [new GuestPages(2048, CpuSet.Parse("0"))],
        8388608,
        "Haswell",
        new MemoryBacking(true, false),
        ["0000:3b:00.0"],
        true,
        [new GuestCell(0, CpuSet.Parse("0-1"), 4194304, MemoryMode.Preferred, CpuSet.Parse("0"), [new CellDistance(1, 20)])]);

    public static IReadOnlyList<IHostFact> Facts { get; } =
    [
        new HostBooted(
            Host,
            "h1",
            "sysfs",
            Host,
            "12345678-9abc-4def-8123-456789abcdef",
            "0c8f0f39-5d27-4b4a-9f3a-1f0a5c3f7a10",
            At.AddDays(-1),
            "x86_64",
            "kvm",
            new HostSettings("6.1.0-18-amd64", "quiet numa=on", "1.2.3", "0x2b000603", 2, "on", true, false),
            At),
        new HostRenamed(Host, "h2", At),
        new TopologyObserved(Host, "sysfs", Topology.Fingerprint!, Topology.Structure(), At),
        new CapacityObserved(Host, "sysfs", Topology.CapacityFingerprint!, Topology.Capacity(), At),
        new SourceFailed(Host, "sysfs", "sys/devices/system/node: Permission denied", At),
        new SourceRecovered(Host, "sysfs", At),
        new SamplingGap(Host, "sysfs", At.AddMinutes(-2), At, "stall", At),
        new MemoryBlockRecorded(Host, "sysfs", At.AddHours(-1), At, new byte[] { 1, 2, 3 }),
        new GuestSeen(Host, "libvirt", Guest, "web02", $"{Guest}", "nova", At),
        new GuestStarted(Host, "libvirt", Guest, "web02", "running", At, "booted"),
        new GuestStopped(Host, "libvirt", Guest, "web02", "shut off", At, "migrated"),
        new GuestGone(Host, "libvirt", Guest, "web02", At),
        new GuestIdentified(Host, "libvirt", Guest, "web02", Guid.Parse("5dea22b3-1d52-4d8f-a32b-6c1b5e2f7a10"), At),
        new GuestMigrating(Host, "libvirt", Guest, "web02", MigrationPhase.Leaving, At),
        new PinningGone(Host, "libvirt", Guest, "web02", PinLayer.SavedImage, At),
        PinningObserved.Of(Host, "libvirt", Pins, At),
        new PinningDecided(
            Host,
            Guest,
            "web02",
            Pins,
            PinningContext.Of(CpuSet.Parse("0"), Topology, [new CellMemory(0, 2013264, 1803344, 90112, [new FreePages(2048, 32)])]),
            "ops",
            "near its card",
            "declared",
            ["h1 has no CPU 99; it has 0-3"],
            [new RejectedAlternative("h2", "its cells are full")],
            At),
        new PinningReleased(Host, Guest, "web02", "ops", "moved to containers", At, "backfilled"),
        new PlanWithdrawn(Host, Guest, "web02", "ops", "the card stays", At),
        new MoveDeclared(Host, Guest, "web02", "h2", "ops", "h2 is drained", At),
    ];
}
