using CsCheck;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Fit;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Placement;

/// <summary>A guest has cores of one type. Two cells of 8 CPUs: 0-3 and 8-11 are fast, 4-7 and 12-15 are slow.</summary>
public sealed class CoreTypeTests
{
    private static readonly HostTopology Topology = Typed(new Machine([new MachineCell(0, Some.Cpus("0-7"), 8 * Questions.GiB), new MachineCell(1, Some.Cpus("8-15"), 8 * Questions.GiB)]));

    private static readonly GuestWish Wish = new("g", 4, Questions.GiB, OnCells: CpuSet.Of(0), Limits: new FitLimits());

    [Theory]
    [InlineData("", 4, "0-3")]
    [InlineData("0", 4, "4-7")]
    [InlineData("0", 3, "1-3")]
    [InlineData("0-2,4", 3, "5-7")]
    public void The_vCPUs_of_a_guest_are_given_cores_of_one_type(string taken, int vcpus, string cpus)
    {
        var (_, guest) = Place(Wish with { Vcpus = vcpus }, taken);

        Assert.Equal(cpus, CpuSet.Of(guest!.Pins.Select(pin => pin.Cpus!.First)).ToString());
        Assert.Equal(Verdict.Fits, FitCheck.Check(new FitQuestion(guest, new FitHost("h1", Topology, Questions.Free(Topology)), Situation.Start)).Verdict);
    }

    [Theory]
    [InlineData("", 4, 0, "0-3", "4", "")]
    [InlineData("", 4, 3, "0-3", "4", "5-7")]
    [InlineData("0", 4, 1, "4-7", "1", "2")]
    [InlineData("4-7", 3, 0, "0-2", "3", "")]
    [InlineData("4-6", 3, 1, "0-2", "7", "3")]
    public void What_is_set_aside_may_be_of_any_type_and_leaves_theirs_alone(string taken, int vcpus, int reserved, string cpus, string emulator, string others)
    {
        var (_, guest) = Place(Wish with { Vcpus = vcpus, Emulator = EmulatorPolicy.Isolate, Reserved = reserved }, taken);

        Assert.Equal(cpus, CpuSet.Of(guest!.Pins.Select(pin => pin.Cpus!.First)).ToString());
        Assert.Equal((emulator, others), (guest.Emulator!.ToString(), guest.Reserved!.Except(guest.Emulator).ToString()));
        Assert.Equal(Verdict.Fits, FitCheck.Check(new FitQuestion(guest, new FitHost("h1", Topology, Questions.Free(Topology)), Situation.Start)).Verdict);
    }

    [Fact]
    public void Some_type_has_to_have_the_vCPUs_and_all_types_together_what_is_set_aside_too() => Gen.Select(Gen.Int[0, 255], Gen.Int[1, 5], Gen.Int[0, 3]).Sample(
        (bits, vcpus, reserved) =>
        {
            var taken = CpuSet.Of(Enumerable.Range(0, 8).Where(cpu => (bits & (1 << cpu)) != 0));
            var (fast, slow) = (4 - taken.Intersect(Some.Cpus("0-3")).Count, 4 - taken.Intersect(Some.Cpus("4-7")).Count);

            var answer = Place(Wish with { Vcpus = vcpus, Emulator = EmulatorPolicy.Isolate, Reserved = reserved }, taken.ToString()).Answer;

            return answer.Fits == (Math.Max(fast, slow) >= vcpus && fast + slow > vcpus + reserved);
        });

    [Fact]
    public void What_is_set_aside_counts_in_the_score_whatever_its_type_is()
    {
        var left = Place(Wish with { Emulator = EmulatorPolicy.Isolate, Reserved = 1 }, "").Answer.Candidates[0].ScoreParts!.Cells[0];

        Assert.Equal((2, 8), ((int)left.CpusLeft, left.Cpus));
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("0,4", 4)]
    public void Where_only_a_mix_would_do_that_is_why_it_does_not_fit(string taken, int vcpus)
    {
        var finding = Assert.Single(Place(Wish with { Vcpus = vcpus }, taken).Answer.Rejected[0].Findings);

        Assert.Equal(("core-type-mixed", "fast, slow"), (finding.Code, finding.Observed));
    }

    [Fact]
    public void What_is_not_known_of_one_type_is_no_mix()
    {
        var unknown = HostTopology.Of(Topology.Cpus, Topology.Cells!.Select(cell => cell with { MemoryKiB = null }), Topology.CpuInfo, Topology.Devices);

        var host = new HostPlacer(Wish, Some.Noon).Place(new FitHost("h1", unknown), [], null).Answer.Rejected[0];

        Assert.True(host.IsUnknown);
        Assert.DoesNotContain(host.Findings, finding => finding.Code == "core-type-mixed");
    }

    [Fact]
    public void What_speaks_against_every_type_is_counted_over_all_of_them()
    {
        var findings = Place(Wish with { Vcpus = 9 }, "").Answer.Rejected[0].Findings;

        Assert.Equal("cell 0: 8", findings.First(finding => finding.Code == "self-overlap").Observed);
    }

    [Fact]
    public void Fast_cores_of_two_cells_come_before_a_mix_in_one()
    {
        var (answer, guest) = Place(Wish with { Vcpus = 8, OnCells = null }, "");

        Assert.Equal([0, 1], answer.Candidates[0].Cells!.Select(cell => cell.HostCell));
        Assert.Equal("0-3,8-11", CpuSet.Of(guest!.Pins.Select(pin => pin.Cpus!.First)).ToString());
    }

    [Fact]
    public void Shared_vCPUs_run_on_all_of_them_and_a_score_counts_all()
    {
        Assert.True(Place(Wish with { Vcpus = 8, Cpu = CpuKind.Shared }, "").Answer.Fits);
        Assert.Equal((3, 8), Place(Wish with { Policy = PlacementPolicy.Spread }, "").Answer.Candidates[0].ScoreParts!.Cells[0] is var left ? ((int)left.CpusLeft, left.Cpus) : default);
    }

    private static (PlacementAnswer Answer, GuestPins? Guest) Place(GuestWish wish, string taken)
    {
        GuestPins[] others = taken.Length == 0 ? [] :
            [new("other", Exclusive: true, Vcpus: new GuestVcpus(16, 16), Pins: [.. Some.Cpus(taken).Members().Select((cpu, vcpu) => new VcpuPin(vcpu, CpuSet.Of(cpu)))])];
        return new HostPlacer(wish, Some.Noon).Place(new FitHost("h1", Topology, Questions.Free(Topology)), others, null);
    }

    private static HostTopology Typed(Machine machine)
    {
        var plain = machine.Topology();
        return HostTopology.Of(plain.Cpus, plain.Cells, plain.CpuInfo!.Select(cpu => cpu with { CoreType = cpu.Id % 8 < 4 ? "fast" : "slow" }), plain.Devices);
    }
}
