using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Demo;

/// <summary>
/// The script of the demo: a week of three hosts in which eight things go wrong. What is found by which command is listed in
/// <see cref="DemoIncidents"/>.
/// </summary>
internal static class DemoWeek
{
    public static readonly TimeSpan Length = TimeSpan.FromDays(7);

    /// <summary>The host that is not sampled for a while.</summary>
    public const string GapHost = "demo-b";

    public static readonly TimeSpan GapFrom = At(3, 2, 0);

    public static readonly TimeSpan GapTo = At(3, 5, 0);

    private static readonly DemoMachine AWithoutCpu5 = DemoHosts.A with { Offline = CpuSet.Of(5) };

    private static readonly DemoMachine AWithAHole = AWithoutCpu5.With(DemoHosts.A.Cells[3] with { MemoryGiB = 32 });

    private static readonly DemoMachine BWithoutSmt = DemoHosts.B with { Offline = CpuSet.Range(16, 31), Smt = "off" };

    private static readonly DemoMachine CRenumbered =
        DemoHosts.C.With(DemoHosts.C.Cells[2] with { Id = 1 }).With(DemoHosts.C.Cells[1] with { Id = 2 })
            with
        { Boot = 2, Bios = "2.15" };

    private static readonly DemoMachine CWithoutCell3 = CRenumbered.Without(3) with { Boot = 3 };

    private static readonly DemoMachine CWithoutCpu4 = CWithoutCell3 with { Offline = CpuSet.Of(4) };

    /// <summary>All steps in order of time.</summary>
    public static IReadOnlyList<DemoStep> Steps { get; } =
    [
        new DemoStep.Look(TimeSpan.Zero, DemoHosts.A, []),
        new DemoStep.Look(TimeSpan.Zero, DemoHosts.B, []),
        new DemoStep.Look(TimeSpan.Zero, DemoHosts.C, []),
        .. FirstDecisions(),
        new DemoStep.Look(
            At(0, 1, 0), DemoHosts.A, [DemoGuests.Web01, DemoGuests.Web02, DemoGuests.Db01, DemoGuests.Big01]),
        new DemoStep.Look(At(0, 1, 0), DemoHosts.B, [DemoGuests.Batch01, DemoGuests.Floating01]),
        new DemoStep.Look(At(0, 1, 0), DemoHosts.C, [DemoGuests.Cache01, DemoGuests.Gpu01]),
        new DemoStep.Decide(
            At(1, 9, 3), "demo-a", DemoGuests.Tmp01, "dana", "load test, back in the evening", Forced: true),
        new DemoStep.Release(At(1, 17, 30), DemoGuests.Tmp01, "dana", "load test is over"),
        new DemoStep.Look(
            At(2, 14, 2), AWithoutCpu5, [DemoGuests.Web01, DemoGuests.Web02, DemoGuests.Db01, DemoGuests.Big01]),
        new DemoStep.Gap(GapTo, GapFrom, GapHost),
        new DemoStep.Move(At(3, 10, 20), DemoGuests.Db01, "demo-b", "lee", "demo-a is too full"),
        new DemoStep.Look(At(3, 10, 22), AWithoutCpu5, [DemoGuests.Web01, DemoGuests.Web02, DemoGuests.Big01]),
        new DemoStep.Look(
            At(3, 10, 22), DemoHosts.B, [DemoGuests.Batch01, DemoGuests.Floating01, DemoGuests.Db01]),
        new DemoStep.Look(At(4, 3, 15), CRenumbered, [DemoGuests.Cache01, DemoGuests.Gpu01]),
        new DemoStep.Look(
            At(5, 8, 40), BWithoutSmt, [DemoGuests.Batch01, DemoGuests.Floating01, DemoGuests.Db01]),
        new DemoStep.Look(At(5, 22, 5), CWithoutCell3, [DemoGuests.Cache01]),
        new DemoStep.Look(At(6, 4, 50), AWithAHole, [DemoGuests.Web01, DemoGuests.Web02, DemoGuests.Big01]),
        .. Late(),
    ];

    // A CPU was away between two samples; what the machine's log said of it reached the store when the benchmark had gone wrong.
    private static IEnumerable<DemoStep> Late() =>
    [
        new DemoStep.Decide(At(6, 6, 57), "demo-c", DemoGuests.Bench01, "dana", "benchmark, two hours in the free cell"),
        new DemoStep.Late(At(6, 9, 10), At(6, 6, 52), CWithoutCpu4),
        new DemoStep.Release(At(6, 9, 30), DemoGuests.Bench01, "dana", "figures are useless, repeat it"),
    ];

    private static IEnumerable<DemoStep> FirstDecisions()
    {
        (string Host, DemoGuest Guest, string By, string Why)[] decisions =
        [
            ("demo-a", DemoGuests.Web01, "ops", "front end, near the network card in cell 0"),
            ("demo-a", DemoGuests.Web02, "ops", "second front end, a cell of its own"),
            ("demo-a", DemoGuests.Db01, "lee", "database away from the front ends"),
            ("demo-a", DemoGuests.Big01, "lee", "48 GiB in one cell"),
            ("demo-b", DemoGuests.Batch01, "dana", "pairs of threads share a cache"),
            ("demo-c", DemoGuests.Cache01, "ops", "cache in the small cell"),
            ("demo-c", DemoGuests.Gpu01, "ops", "beside its card in cell 3"),
        ];
        return decisions.Select((one, i) =>
            new DemoStep.Decide(At(0, 0, 30 + i), one.Host, one.Guest, one.By, one.Why));
    }

    private static TimeSpan At(int days, int hours, int minutes) => new(days, hours, minutes, 0);
}
