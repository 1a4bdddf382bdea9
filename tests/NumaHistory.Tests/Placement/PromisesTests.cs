using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>What others were promised is not given away, and a guest takes no more than it needs. Cells of 4 CPUs, two threads a core: 0-1, 2-3, ...</summary>
public sealed class PromisesTests
{
    private const long GiB = Questions.GiB;

    private static readonly HostTopology Topology = Questions.Machine().Topology();

    [Theory]
    [InlineData(CpuKind.Dedicated, EmulatorPolicy.Share, 0)]
    [InlineData(CpuKind.Dedicated, EmulatorPolicy.Isolate, 0)]
    [InlineData(CpuKind.Shared, EmulatorPolicy.Share, 1)]
    [InlineData(CpuKind.Shared, EmulatorPolicy.Share, 0)]
    public void The_other_threads_of_a_core_that_a_guest_wants_alone_are_nobody_elses(CpuKind cpu, EmulatorPolicy emulator, int reserved)
    {
        var alone = Other("alone", "0", smt: SmtPolicy.Isolate);

        var guest = Place(new GuestWish("g", 1, GiB, cpu, OnCells: CpuSet.Of(0), Emulator: emulator, Reserved: reserved), alone).Guest;

        Assert.False(Everything(guest!).Overlaps(CpuSet.Of(0, 1)), Everything(guest!).ToString());
    }

    [Fact]
    public void Whoever_is_pinned_there_all_the_same_is_broken()
    {
        var alone = Other("alone", "4", smt: SmtPolicy.Isolate);
        var guest = Questions.Guest() with { Pins = [new VcpuPin(0, CpuSet.Of(5)), new VcpuPin(1, CpuSet.Of(6))] };

        var report = FitCheck.Check(Questions.Ask(guest) with { Others = [alone] });

        Assert.Equal(Verdict.Broken, report.Verdict);
        Assert.Contains("web02 is pinned to CPU 5, on a core that alone was promised to have alone", report.Findings.First(finding => finding.Code == "overlap").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_emulator_on_the_threads_that_its_own_vCPUs_keep_free_is_found()
    {
        var guest = Questions.Guest() with
        {
            Vcpus = new GuestVcpus(1, 1),
            Pins = [new VcpuPin(0, CpuSet.Of(4))],
            Smt = SmtPolicy.Isolate,
            Emulator = CpuSet.Of(5),
        };

        Assert.Contains(FitCheck.Check(Questions.Ask(guest)).Findings, finding => finding.Code == "emulator" && finding.Observed == "5");
        Assert.Equal(Verdict.Fits, FitCheck.Check(Questions.Ask(guest with { Emulator = CpuSet.Of(6) })).Verdict);
    }

    [Fact]
    public void An_emulator_that_shares_takes_one_CPU_and_the_next_one_shares_it()
    {
        var wish = new GuestWish("g", 1, GiB, OnCells: CpuSet.Of(0), Policy: PlacementPolicy.Spread);
        var (first, guest) = Place(wish);
        var (second, next) = Place(wish with { Name = "h" }, guest!);

        Assert.Equal(1, guest!.Emulator!.Count);
        Assert.Equal(guest.Emulator, next!.Emulator);
        Assert.Equal(2, first.Candidates[0].ScoreParts!.Cells[0].CpusLeft);
        Assert.Equal(1, second.Candidates[0].ScoreParts!.Cells[0].CpusLeft);
        Assert.True(Place(wish with { Name = "i" }, guest, next).Answer.Fits);
    }

    [Fact]
    public void CPUs_set_aside_beside_shared_vCPUs_are_not_theirs()
    {
        var guest = Place(new GuestWish("g", 2, GiB, CpuKind.Shared, Emulator: EmulatorPolicy.Isolate, Reserved: 1, OnCells: CpuSet.Of(0))).Guest!;

        Assert.Equal(2, guest.Pins[0].Cpus!.Count);
        Assert.False(guest.Pins[0].Cpus!.Overlaps(guest.Emulator!.Union(guest.Reserved!)));
        Assert.Null(Place(new GuestWish("g", 3, GiB, CpuKind.Shared, Emulator: EmulatorPolicy.Isolate, Reserved: 1, OnCells: CpuSet.Of(0))).Guest);
    }

    [Theory]
    [InlineData(PinLayer.Config, 2, true)]
    [InlineData(PinLayer.Config, 3, false)]
    [InlineData(PinLayer.Live, 3, true)]
    public void Memory_of_a_guest_that_does_not_run_yet_is_not_free(PinLayer layer, int gib, bool fits)
    {
        // Of 8 GiB half a GiB is not free.
        var other = Other("other", "12", gib: 5) with { Layer = layer };

        Assert.Equal(fits, Place(new GuestWish("g", 1, gib * GiB, OnCells: CpuSet.Of(3), Cells: 1), other).Answer.Fits);
    }

    [Theory]
    [InlineData(CpuKind.Shared, 2.0, 7, true)]
    [InlineData(CpuKind.Shared, 1.4, 7, false)]
    [InlineData(CpuKind.Shared, 2.0, 8, false)]
    [InlineData(CpuKind.Shared, null, 3, false)]
    [InlineData(CpuKind.Dedicated, 2.0, 3, false)]
    public void Memory_that_may_be_promised_twice_is(CpuKind cpu, double? ratio, int gib, bool fits)
    {
        // 8 GiB in all, half a GiB is not free, 5 GiB are promised to a guest that does not run.
        var wish = new GuestWish("g", 1, gib * GiB, cpu, OnCells: CpuSet.Of(3), Cells: 1, Limits: new FitLimits(MemoryAllocationRatio: ratio));

        var answer = new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", Topology, Questions.Free(Topology)), [Other("other", "12", gib: 5)], null).Answer;

        Assert.Equal(fits, answer.Fits);
    }

    [Theory]
    [InlineData(PinLayer.Config, 2048L, 512, true)]
    [InlineData(PinLayer.Config, 2048L, 513, false)]
    [InlineData(PinLayer.Config, null, 513, false)]
    [InlineData(PinLayer.Live, 2048L, 512, true)]
    [InlineData(PinLayer.Live, 2048L, 513, false)]
    public void Pages_of_a_guest_are_not_free_whether_it_runs_or_not(PinLayer layer, long? size, int pages, bool fits)
    {
        var topology = new Machine([new MachineCell(0, Some.Cpus("0-7"), 8 * GiB, HugePages: 1024)]).Topology();
        var other = Other("other", "2") with { Layer = layer, Pages = [new GuestPages(size, null)] };

        var answer = new HostPlacer(new GuestWish("g", 1, pages * 2048L, PageSizeKiB: 2048, Limits: new FitLimits()), Some.Noon)
            .Place(new FitHost("h1", topology, Questions.Free(topology)), [other], null).Answer;

        Assert.Equal(fits, answer.Fits);
    }

    [Fact]
    public void More_guest_cells_than_host_cells_are_tried_where_they_may_share()
    {
        // Three CPUs are free in one cell, one in the other.
        var others = new[] { Other("a", "0"), Other("b", "4-6") };
        var wish = new GuestWish("g", 4, 4 * GiB, OnCells: CpuSet.Of(0, 1), AllowSharedCells: true);

        Assert.False(Place(wish with { Cells = 2 }, others).Answer.Fits);
        Assert.Equal(["0", "0", "1"], Place(wish, others).Answer.Candidates[0].Cells!.Select(cell => $"{cell.HostCell}").Order());
    }

    [Fact]
    public void A_guest_with_a_device_goes_where_that_is()
    {
        var (answer, placed) = Place(new GuestWish("g", 1, GiB, HostDevices: ["0000:3b:00.0"]));
        var guest = placed!;

        Assert.Equal(["0000:3b:00.0"], answer.Candidates[0].HostDevices!);
        Assert.Equal("1", guest.Memory!.Cells!.ToString());
        Assert.Equal(["0000:3b:00.0"], guest.HostDevices);
        Assert.Null(Place(new GuestWish("g", 1, GiB, HostDevices: ["0000:aa:00.0"])).Guest);
    }

    [Fact]
    public void IO_threads_run_where_the_emulator_does_and_vCPUs_that_come_later_have_their_places()
    {
        var (answer, placed) = Place(new GuestWish("g", 2, GiB) { Iothreads = [1, 4], CurrentVcpus = 1 });
        var guest = placed!;

        Assert.Equal(new GuestVcpus(2, 1), guest.Vcpus);
        Assert.Equal([(1, guest.Emulator), (4, guest.Emulator)], guest.Iothreads.Select(thread => (thread.Id, thread.Cpus)));
        Assert.Equal(guest.Iothreads, answer.Candidates[0].Iothreads!);
        Assert.Null(Place(new GuestWish("g", 2, GiB)).Answer.Candidates[0].Iothreads);
    }

    [Fact]
    public void A_guest_that_has_less_memory_at_first_is_not_given_all()
    {
        Assert.Equal(GiB, Place(new GuestWish("g", 2, 2 * GiB) { CurrentMemoryKiB = GiB }).Guest!.CurrentMemoryKiB);
        Assert.Equal(2 * GiB, Place(new GuestWish("g", 2, 2 * GiB)).Guest!.CurrentMemoryKiB);
    }

    private static (PlacementAnswer Answer, GuestPins? Guest) Place(GuestWish wish, params GuestPins[] others) =>
        new HostPlacer(wish with { Limits = new FitLimits() }, Some.Noon).Place(new FitHost("h1", Topology, Questions.Free(Topology)), others, null);

    private static CpuSet Everything(GuestPins guest) =>
        guest.Pins.Select(pin => pin.Cpus!).Append(guest.Emulator!).Append(guest.Reserved ?? CpuSet.Empty).Aggregate(CpuSet.Empty, (all, set) => all.Union(set));

    private static GuestPins Other(string name, string cpus, long gib = 1, SmtPolicy? smt = null) => new(
        name, Exclusive: true, Smt: smt, Vcpus: new GuestVcpus(1, 1), MemoryKiB: gib * GiB, Pins: [new VcpuPin(0, Some.Cpus(cpus))],
        Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(Some.Cpus(cpus).First / 4)));
}
