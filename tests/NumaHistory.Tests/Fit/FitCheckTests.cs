using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>The verdict as a whole: what counts, in which order, in which situation.</summary>
public sealed class FitCheckTests
{
    public static readonly string[] Codes = [.. FindingCodes.All.Select(one => one.Code)];

    [Fact]
    public void The_example_of_2007_fits()
    {
        var host = HostTopology.Of(new CpuMasks(), [new Cell(0, Some.Cpus("0-1")), new Cell(1, Some.Cpus("2-3"))]);
        var guest = new GuestPins(
            "a", Vcpus: new GuestVcpus(2, 2), Pins: [new VcpuPin(0, Some.Cpus("2-3")), new VcpuPin(1, Some.Cpus("3"))]);

        var report = FitCheck.Check(new FitQuestion(guest, new FitHost("h", host), Context: new FitContext(host)));

        Assert.Equal(Verdict.Fits, report.Verdict);
    }

    [Fact]
    public void A_guest_without_pins_fits_anywhere() => Assert.Equal(
        Verdict.Fits,
        FitCheck.Check(Questions.Ask(new GuestPins("a", Vcpus: new GuestVcpus(4, 4), MemoryKiB: 4 * Questions.GiB))).Verdict);

    [Fact]
    public void All_findings_come_worst_first_then_by_rule_then_by_number()
    {
        var guest = Questions.Guest() with
        {
            Vcpus = new GuestVcpus(12, 12),
            Pins = [.. Enumerable.Range(0, 12).Select(vcpu => new VcpuPin(vcpu, Some.Cpus("5")))],
            HostDevices = ["0000:ff:00.0"],
        };

        var report = FitCheck.Check(Questions.Ask(guest, (Questions.Machine() with { Offline = Some.Cpus("5") }).Topology()));

        var offline = report.Findings.Where(finding => finding.Code == "cpu-offline").Select(finding => finding.Subject);
        Assert.Equal(Enumerable.Range(0, 12).Select(vcpu => $"vcpu {vcpu}"), offline);
        Assert.Equal(report.Findings.Select(finding => finding.Verdict).OrderDescending(), report.Findings.Select(finding => finding.Verdict));
        Assert.Equal((Verdict.Broken, "device-remote"), (report.Verdict, report.Findings[12].Code));
    }

    [Theory]
    [InlineData(PinLayer.Config, null, Situation.Start)]
    [InlineData(PinLayer.Live, "running", Situation.Running)]
    [InlineData(PinLayer.Live, "paused", Situation.Running)]
    [InlineData(PinLayer.Config, "shut off", Situation.Start)]
    [InlineData(PinLayer.SavedImage, "running", Situation.Resume)]
    public void The_situation_follows_from_layer_and_state(PinLayer layer, string? state, Situation situation) => Assert.Equal(
        situation,
        FitCheck.Check(Questions.Ask(Questions.Guest() with { Layer = layer, State = state }) with { Situation = null }).Situation);

    [Fact]
    public void Free_memory_is_not_asked_for_a_guest_that_has_its_memory()
    {
        var full = Questions.Ask() with { Situation = Situation.Running };
        full = full with { Host = full.Host with { Memory = new([new(1, 8 * Questions.GiB, 0, 0)]) } };

        Assert.Equal(Verdict.Fits, FitCheck.Check(full).Verdict);
        Assert.Equal(Verdict.Degraded, FitCheck.Check(full with { Situation = Situation.MigrateIn }).Verdict);
        Assert.Equal(Verdict.Degraded, FitCheck.Check(full with { Situation = Situation.Start }).Verdict);
        Assert.Equal(Verdict.Fits, FitCheck.Check(full with { Situation = Situation.Start, HoldsMemoryThere = true }).Verdict);
    }

    [Fact]
    public void Usual_drift_is_learned_from_the_boots_of_the_host()
    {
        var smaller = Questions.Cell(Questions.Machine().Topology(), 1, cell => cell with { MemoryKiB = cell.MemoryKiB - 200_000 });
        var boots = new Dictionary<int, IReadOnlyList<long>> { [1] = [8 * Questions.GiB, (8 * Questions.GiB) - 250_000] };

        var unknown = FitCheck.Check(Questions.Ask(host: smaller));
        var learned = FitCheck.Check(Questions.Ask(host: smaller) with { Evidence = FitEvidence.None with { SettledKiB = boots } });

        Assert.Equal(Verdict.Degraded, unknown.Verdict);
        Assert.Equal((Verdict.Fits, "memory-drift"), (learned.Verdict, Assert.Single(learned.Findings).Code));
    }

    [Fact]
    public void Boots_that_differ_by_little_do_not_make_a_little_more_a_loss()
    {
        var smaller = Questions.Cell(Questions.Machine().Topology(), 1, cell => cell with { MemoryKiB = cell.MemoryKiB - 608 });
        var boots = new Dictionary<int, IReadOnlyList<long>> { [1] = [.. new[] { 0, 508, 100, 400, 300 }.Select(less => (8 * Questions.GiB) - less)] };

        var report = FitCheck.Check(Questions.Ask(host: smaller) with { Evidence = FitEvidence.None with { SettledKiB = boots } });

        Assert.Equal((Verdict.Fits, "memory-drift"), (report.Verdict, Assert.Single(report.Findings).Code));
        Assert.Contains("as little as kernels differ", report.Findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_meant_so_is_no_reproach()
    {
        var apart = Questions.Guest() with { Memory = new MemoryBinding(MemoryMode.Strict, Some.Cpus("0")) };

        var report = FitCheck.Check(Questions.Ask(apart));

        Assert.Equal(Verdict.Fits, report.Verdict);
        Assert.Equal((Verdict.Info, "cell-split"), (report.Findings[0].Verdict, report.Findings[0].Code));
    }

    [Theory]
    [InlineData("nova")]
    [InlineData("kubevirt")]
    [InlineData(null)]
    public void A_repair_goes_through_whoever_manages_the_guest(string? manager)
    {
        var question = Questions.Ask(
            Questions.Guest() with { ManagedBy = manager },
            Questions.Masks(Questions.Machine().Topology(), masks => masks with { Present = Some.Cpus("0-3") }));

        var repair = FitCheck.Check(question).Findings[0].Repair!;

        Assert.Equal(manager is null, repair.Contains("virsh vcpupin web02 0", StringComparison.Ordinal));
        Assert.Contains(manager ?? "virsh", repair, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Proof_names_the_events_that_hold_the_facts()
    {
        var (structure, capacity) = (Guid.NewGuid(), Guid.NewGuid());
        var question = Questions.Ask(host: (Questions.Machine().Without(1) with { Offline = Some.Cpus("9") }).Topology()) with
        {
            Evidence = new FitEvidence([structure], [capacity], [], []),
        };

        var report = FitCheck.Check(question);

        Assert.Equal([structure], report.Findings.First(finding => finding.Code == "cell-gone").Proof);
    }
}
