using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>CPUs that are set aside beside shared vCPUs over two guest cells are the first one's. Cells of 4 CPUs, two threads a core: 0-3 and 4-7.</summary>
public sealed class SetAsideTests
{
    private static readonly HostTopology Topology = Questions.Machine().Topology();

    [Theory]
    [InlineData(EmulatorPolicy.Isolate, 0, 1)]
    [InlineData(EmulatorPolicy.Share, 2, 2)]
    [InlineData(EmulatorPolicy.Isolate, 1, 2)]
    public void They_are_missing_in_the_host_cell_of_the_first_guest_cell_only(EmulatorPolicy emulator, int reserved, int aside)
    {
        var (answer, guest) = Place(Wish(4, emulator, reserved));
        var cells = answer.Candidates[0].Cells!;
        var (first, second) = (Shared(cells[0]), Shared(cells[1]));

        Assert.Equal(4 - aside, first.Count);
        Assert.Equal(Cpus(cells[1].HostCell), second);
        Assert.Equal(Cpus(cells[0].HostCell), first.Union(guest!.Reserved!));
        Assert.False(first.Overlaps(guest.Reserved!));
    }

    [Theory]
    [InlineData(EmulatorPolicy.Isolate, 0)]
    [InlineData(EmulatorPolicy.Share, 1)]
    public void One_shared_CPU_is_enough_for_the_other_guest_cell(EmulatorPolicy emulator, int reserved)
    {
        var (answer, _) = Place(Wish(2, emulator, reserved), Alone("4-6"));
        var cells = answer.Candidates[0].Cells!;

        Assert.Equal([0, 1], cells.Select(cell => cell.HostCell));
        Assert.Equal("7", Shared(cells[1]).ToString());
        Assert.Null(Place(Wish(2, emulator, reserved), Alone("0-2"), Alone("4-6")).Guest);
    }

    private static GuestWish Wish(int vcpus, EmulatorPolicy emulator, int reserved) => new(
        "g", vcpus, Questions.GiB, CpuKind.Shared, Cells: 2, Emulator: emulator, Reserved: reserved, OnCells: CpuSet.Of(0, 1), Limits: new FitLimits());

    private static CpuSet Cpus(int cell) => CpuSet.Range(cell * 4, (cell * 4) + 3);

    private static CpuSet Shared(PlacedCell cell) => Assert.Single(cell.Pins!.Select(pin => pin.Cpus!).Distinct());

    private static GuestPins Alone(string cpus) => new(
        $"alone{cpus}", Exclusive: true, Vcpus: new GuestVcpus(3, 3), MemoryKiB: Questions.GiB,
        Pins: [.. Some.Cpus(cpus).Members().Select((cpu, vcpu) => new VcpuPin(vcpu, CpuSet.Of(cpu)))]);

    private static (PlacementAnswer Answer, GuestPins? Guest) Place(GuestWish wish, params GuestPins[] others) =>
        new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", Topology, Questions.Free(Topology)), others, null);
}
