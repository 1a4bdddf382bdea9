using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>The kernel balances nothing over isolated CPUs: a thread stays where it began. In cell 0 these are CPUs 0 and 1 of 0-3, in cell 1 all.</summary>
public sealed class IsolatedCpusTests
{
    private const long GiB = Questions.GiB;

    private static readonly CpuSet Isolated = Some.Cpus("0-1,4-7");

    private static readonly HostTopology Topology = Questions.Masks(Questions.Machine().Topology(), masks => masks with { Isolated = Isolated });

    [Fact]
    public void Shared_vCPUs_and_their_emulator_run_on_the_others()
    {
        var guest = Place(new GuestWish("g", 2, GiB, CpuKind.Shared, OnCells: CpuSet.Of(0))).Guest!;

        Assert.All(guest.Pins, pin => Assert.Equal("2-3", pin.Cpus!.ToString()));
        Assert.Equal("2-3", guest.Emulator!.ToString());
    }

    [Fact]
    public void A_cell_counts_only_the_others_for_shared_vCPUs()
    {
        Assert.Null(Place(new GuestWish("g", 3, GiB, CpuKind.Shared, OnCells: CpuSet.Of(0), Cells: 1)).Guest);
        Assert.Null(Place(new GuestWish("g", 1, GiB, CpuKind.Shared, OnCells: CpuSet.Of(1))).Guest);
    }

    [Fact]
    public void Beside_a_CPU_that_is_set_aside_shared_vCPUs_have_no_isolated_one()
    {
        var guest = Place(new GuestWish("g", 1, GiB, CpuKind.Shared, Emulator: EmulatorPolicy.Isolate, OnCells: CpuSet.Of(0))).Guest!;

        Assert.False(Assert.Single(guest.Pins).Cpus!.Overlaps(Isolated), guest.Pins[0].Cpus!.ToString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Dedicated_vCPUs_may_have_isolated_ones(int vcpus)
    {
        var guest = Place(new GuestWish("g", vcpus, GiB, OnCells: CpuSet.Of(1), Cells: 1)).Guest!;

        Assert.All(guest.Pins, pin => Assert.True(pin.Cpus!.Count == 1 && pin.Cpus.IsSubsetOf(Isolated), pin.Cpus.ToString()));
    }

    // Nobody has a CPU alone there, so that an emulator may run where others do.
    [Fact]
    public void An_emulator_beside_dedicated_vCPUs_leaves_out_the_isolated_ones_that_others_are_on()
    {
        var guest = Place(new GuestWish("g", 1, GiB, OnCells: CpuSet.Of(0)), Beside("1-2")).Guest!;

        Assert.Equal("2", guest.Emulator!.ToString());
    }

    [Fact]
    public void An_emulator_by_itself_takes_no_isolated_one_while_there_are_others()
    {
        var guest = Place(new GuestWish("g", 1, GiB, OnCells: CpuSet.Of(0))).Guest!;

        Assert.False(guest.Emulator!.Overlaps(Isolated), guest.Emulator.ToString());
    }

    [Fact]
    public void What_is_set_aside_beside_shared_vCPUs_are_isolated_ones_first()
    {
        var wish = new GuestWish("g", 2, GiB, CpuKind.Shared, Emulator: EmulatorPolicy.Isolate, Reserved: 1, OnCells: CpuSet.Of(0), Cells: 1);
        var guest = Place(wish).Guest!;
        var missing = Assert.Single(Place(wish with { Vcpus = 5 }).Answer.Rejected).Findings.Single(finding => finding.Code == "overcommit");

        Assert.Equal(("0-1", "2-3"), (guest.Reserved!.ToString(), guest.Pins[0].Cpus!.ToString()));
        Assert.Equal("ask for no more than 2 vCPUs in a guest cell", missing.Repair);
    }

    private static GuestPins Beside(string cpus) => new("other", Vcpus: new GuestVcpus(1, 1), MemoryKiB: GiB, Pins: [new VcpuPin(0, Some.Cpus(cpus))]);

    private static (PlacementAnswer Answer, GuestPins? Guest) Place(GuestWish wish, params GuestPins[] others) =>
        new HostPlacer(wish with { Limits = new FitLimits() }, Some.Noon).Place(new FitHost("h1", Topology, Questions.Free(Topology)), others, null);
}
