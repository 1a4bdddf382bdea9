using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>Where a guest does not fit, the nearest change is named, and with it the guest fits.</summary>
public sealed class NearestChangeTests
{
    private const string None = "";

    private static readonly GuestWish Wish = new("new", 3, Questions.GiB, Cells: 1, Limits: new FitLimits(ReserveKiB: 128 << 10, GuestOverheadKiB: 64 << 10));

    [Fact]
    public void CPUs_that_others_have_are_to_be_freed()
    {
        AssertLacks(Place(Wish, "2-3,6-7,10-11,14-15"), "overlap", "free 1 CPU in cell 0");
        AssertFits(Place(Wish, "3,6-7,10-11,14-15"), 0);
    }

    [Fact]
    public void CPUs_that_no_cell_has_are_not_to_be_asked_for()
    {
        AssertLacks(Place(Wish with { Vcpus = 5 }, None), "self-overlap", "ask for no more than 4 CPUs in a guest cell");
        AssertFits(Place(Wish with { Vcpus = 4 }, None), 0);
        AssertFits(Place(Wish with { Vcpus = 6, Cells = 2 }, None), 0, 1);
    }

    [Fact]
    public void Shared_CPUs_that_others_have_alone_are_to_be_shared_and_beyond_a_ratio_others_are_to_move()
    {
        var wish = Wish with { Vcpus = 4, Cpu = CpuKind.Shared };

        AssertLacks(Place(wish, "0-1,4,8-9,12-13"), "overcommit", "share 1 more CPU of cell 1");
        AssertLacks(Place(wish with { Vcpus = 5 }, None), "overcommit", "ask for no more than 4 vCPUs in a guest cell");
        AssertLacks(Place(wish with { Limits = new FitLimits(CpuAllocationRatio: 0.5) }, None), "overcommit", "allow 1 shared vCPU for a CPU");
        AssertFits(Place(wish with { Limits = new FitLimits(CpuAllocationRatio: 1) }, None), 0);
    }

    [Fact]
    public void Memory_that_is_missing_is_to_be_freed()
    {
        const long need = 2 * Questions.GiB;
        const long spare = (128 << 10) + (64 << 10);

        AssertLacks(Place(Wish with { MemoryKiB = need }, None, free: Questions.GiB + spare), "memory-committed", "free 1 GiB in cell 0");
        AssertFits(Place(Wish with { MemoryKiB = need }, None, free: need + spare), 0);
    }

    [Fact]
    public void Pages_that_are_missing_are_to_be_set_aside()
    {
        var wish = Wish with { PageSizeKiB = 2048 };

        AssertLacks(Place(wish, None, pages: 500), "hugepages", "set 12 more pages of 2 MiB aside in cell 0");
        AssertFits(Place(wish, None, pages: 512), 0);
        AssertLacks(Place(wish with { MemoryKiB = Questions.GiB + 1024 }, None, pages: 513), "hugepages", "round its memory to whole pages of 2 MiB");
    }

    [Fact]
    public void What_is_too_old_is_to_be_looked_at_again()
    {
        AssertLacks(Place(Wish, None, stale: "nobody looked"), "stale", "numa-recorder run, or ask about an earlier moment with --at");
    }

    [Theory]
    [InlineData("eth0")]
    [InlineData("/dev/eth0")]
    [InlineData("0000:3b:00.0")]
    public void Room_is_to_be_made_in_the_cell_of_the_device(string device)
    {
        var wish = Wish with { Near = device };

        AssertLacks(Place(wish, "4-5"), "overlap", "free 1 CPU in cell 1");
        AssertFits(Place(wish, "5"), 1);
    }

    [Fact]
    public void A_device_that_is_not_there_is_near_nothing() =>
        AssertLacks(Place(Wish with { Near = "eth9" }, None), "device-remote", "name a device of this host whose cell is known");

    [Theory]
    [InlineData("eth1", true)]
    [InlineData("eth9", false)]
    public void Where_nobody_tells_the_cell_of_a_device_nobody_can_tell_whether_it_fits(string device, bool isLooked)
    {
        var known = Questions.Machine().Topology();
        var topology = isLooked ? known : HostTopology.Of(known.Cpus, known.Cells, known.CpuInfo);
        var answer = new HostPlacer(Wish with { Near = device }, Some.Noon).Place(new FitHost("h1", topology, Questions.Free(topology)), [], null).Answer;

        var host = Assert.Single(answer.Rejected);
        Assert.True(host.IsUnknown);
        Assert.Equal("device-no-cell", Assert.Single(host.Findings).Code);
    }

    [Fact]
    public void Where_the_device_is_not_known_nothing_else_is_said() =>
        Assert.Equal("device-remote", Assert.Single(Place(Wish with { Near = "eth9", MemoryKiB = 100 * Questions.GiB }, "0-15").Rejected[0].Findings).Code);

    [Fact]
    public void Any_guest_cell_may_lie_beside_the_device_while_the_others_lie_elsewhere()
    {
        GuestCell[] layout = [new GuestCell(0, Some.Cpus("0-3"), Questions.GiB), new GuestCell(1, Some.Cpus("4"), Questions.GiB)];

        AssertFits(Place(Wish with { Vcpus = 5, Layout = layout, Cells = null, Near = "eth0" }, "4-5"), 0, 1);
        AssertFits(Place(Wish with { Vcpus = 5, Layout = layout, Cells = null, Near = "eth0" }, "0-1,12-15,4-6"), 2, 1);
    }

    [Fact]
    public void Cores_that_others_share_are_to_be_freed_whole()
    {
        var wish = Wish with { Vcpus = 2, Smt = SmtPolicy.Isolate };

        AssertLacks(Place(wish, "0,4,6,8,10,12,14"), "smt-policy", "free all threads of 1 core in cell 0");
        AssertFits(Place(wish, "4,6,8,10,12,14"), 0);
        AssertLacks(Place(wish with { Vcpus = 3 }, None), "smt-policy", "ask for no more than 2 vCPUs in a guest cell");
    }

    [Fact]
    public void Isolate_needs_no_SMT_and_require_does()
    {
        var plain = Questions.Machine() with { Threads = 1 };

        AssertFits(Place(Wish with { Smt = SmtPolicy.Isolate }, None, plain), 0);
        AssertLacks(Place(Wish with { Vcpus = 2, Smt = SmtPolicy.Require }, None, plain), "smt-policy", "switch SMT on, or do without require");
        AssertFits(Place(Wish with { Vcpus = 2, Smt = SmtPolicy.Require }, None), 0);
    }

    [Fact]
    public void Cells_that_the_host_does_not_have_are_named_with_those_it_has()
    {
        var answer = Place(Wish with { OnCells = Some.Cpus("7") }, None);

        AssertLacks(answer, "cell-gone", "name other cells, or none");
        Assert.Equal("it may go to cell 7 only; this host has 0-3", answer.Rejected[0].Findings[0].Text);
    }

    [Fact]
    public void Cells_without_CPUs_or_of_a_slower_tier_are_used_only_if_they_are_named()
    {
        var topology = Questions.Machine().Topology();
        var host = HostTopology.Of(
            topology.Cpus,
            [.. topology.Cells!.Select(cell => cell with { Tier = cell.Id == 0 ? 1 : 0 }), new Cell(4, CpuSet.Empty, CpuSet.Empty, 16 * Questions.GiB, Tier: 2)],
            topology.CpuInfo, topology.Devices);
        GuestCell[] layout = [new GuestCell(0, Some.Cpus("0-2"), Questions.GiB), new GuestCell(1, CpuSet.Empty, 8 * Questions.GiB)];
        var wish = Wish with { Layout = layout, Cells = null };

        var plain = Placed(Wish, [], host);
        var named = Placed(wish with { OnCells = Some.Cpus("1,4") }, [], host);
        var unnamed = Placed(wish, [], host);

        AssertFits(plain, 1);
        AssertFits(named, 1, 4);
        Assert.False(unnamed.Fits);
    }

    private static void AssertLacks(PlacementAnswer answer, string code, string repair)
    {
        var findings = Assert.Single(answer.Rejected).Findings.Where(finding => finding.Verdict != Verdict.Info).ToList();
        Assert.Contains(code, findings.Select(finding => finding.Code));
        Assert.Equal(repair, string.Join("; ", findings.Select(finding => finding.Repair).OfType<string>().Distinct()));
    }

    private static void AssertFits(PlacementAnswer answer, params int[] cells)
    {
        Assert.True(answer.Fits, string.Join('\n', answer.Rejected.SelectMany(host => host.Findings).Select(finding => finding.Text)));
        Assert.Equal(cells, answer.Candidates[0].Cells!.Select(cell => cell.HostCell));
    }

    private static PlacementAnswer Place(GuestWish wish, string taken, Machine? machine = null, long free = 8 * Questions.GiB, int pages = 0, string? stale = null)
    {
        machine ??= Questions.Machine();
        var topology = (machine with { Cells = [.. machine.Cells.Select(cell => cell with { HugePages = pages })] }).Topology();
        var memory = new ObservedMemory(
            [.. topology.Cells!.Select(cell => new CellMemory(cell.Id, cell.MemoryKiB, free, 0, [new FreePages(2048, pages)]))]);
        GuestPins[] others = taken.Length == 0 ? [] :
        [
            new("other", Exclusive: true, Vcpus: new GuestVcpus(16, 16), Pins: [.. Some.Cpus(taken).Members().Select((cpu, vcpu) => new VcpuPin(vcpu, CpuSet.Of(cpu)))]),
        ];
        return Placed(wish, others, topology, memory, stale);
    }

    private static PlacementAnswer Placed(GuestWish wish, GuestPins[] others, HostTopology topology, ObservedMemory? memory = null, string? stale = null) =>
        new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", topology, memory), others, stale).Answer;
}
