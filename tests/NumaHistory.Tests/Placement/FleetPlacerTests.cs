using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;

namespace NumaHistory.Tests.Placement;

/// <summary>What a recorded host can give, with guests on it.</summary>
public sealed class FleetPlacerTests
{
    [Fact]
    public void CPUs_and_memory_of_other_guests_cannot_be_had()
    {
        var topology = Questions.Machine().Topology();
        var host = new FitHost("h1", topology, Questions.Free(topology));
        var other = new GuestPins(
            "other", Exclusive: true, Vcpus: new GuestVcpus(1, 1), MemoryKiB: Questions.GiB, Pins: [new VcpuPin(0, CpuSet.Of(0))],
            Memory: new MemoryBinding(MemoryMode.Strict, CpuSet.Of(0)));

        var room = HostRooms.Of(host, [other], new GuestWish("g", 2, Questions.GiB)).Cells[0];

        Assert.Equal("0", room.UsedDedicatedCpus!.ToString());
        Assert.False(room.SharedCpus!.Contains(0));
        Assert.True(room.MemoryUsedKiB >= Questions.GiB);
    }

    [Theory]
    [InlineData(1, CpuKind.Dedicated, null)]
    [InlineData(2, CpuKind.Dedicated, SmtPolicy.Require)]
    [InlineData(2, CpuKind.Dedicated, SmtPolicy.Isolate)]
    [InlineData(2, CpuKind.Shared, null)]
    public void A_proposal_fits_by_the_check_of_pinnings(int cells, CpuKind cpu, SmtPolicy? smt)
    {
        var topology = Questions.Machine().Topology();
        var host = new FitHost("h1", topology, Questions.Free(topology));
        var wish = new GuestWish("g", 2 * cells, 2 * Questions.GiB, cpu, cells, Smt: smt);
        var rooms = HostRooms.Of(host, [], wish);

        var answer = Placer.Place(new PlacementRequest(rooms, new PlacementGuest(wish.Demands(cells, null))));

        var guest = PlacedGuest.Of(PlacedGuest.WithEmulator(answer.Candidates[0].Cells!, rooms, wish), wish);
        var report = FitCheck.Check(new FitQuestion(guest, host, Situation.Start, new FitContext(topology)));
        Assert.True(report.Verdict == Verdict.Fits, string.Join('\n', report.Findings.Select(finding => finding.Text)));
    }
}
