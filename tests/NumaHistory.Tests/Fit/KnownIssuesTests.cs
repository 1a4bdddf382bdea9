using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>What users of other stacks met and reported; each is a question here with the answer they would have needed.</summary>
public sealed class KnownIssuesTests
{
    [Theory]
    [InlineData("kubernetes#79823")]
    [InlineData("kubernetes#84333")]
    public void CPUs_that_are_added_leave_a_pinning_as_it_was(string issue)
    {
        var larger = Questions.Machine().With(new MachineCell(4, Some.Cpus("16-19"), 8 * Questions.GiB, Socket: 2)).Topology();

        Assert.True(Verdict.Fits == FitCheck.Check(Questions.Ask(host: larger)).Verdict, issue);
    }

    [Theory]
    [InlineData("kubernetes#66718")]
    [InlineData("kubernetes#124066")]
    public void A_CPU_that_goes_offline_is_named_with_the_vCPU_on_it(string issue)
    {
        var report = FitCheck.Check(Questions.Ask(host: (Questions.Machine() with { Offline = Some.Cpus("5") }).Topology()) with { Situation = Situation.Running });

        var finding = report.Findings.First(one => one.Code == "cpu-offline");
        Assert.True(("vcpu 1", Verdict.Degraded) == (finding.Subject, finding.Verdict), issue);
        Assert.Equal("vCPU 1 is pinned to CPU 5, but CPU 5 is offline; it runs on all other CPUs instead, and will not start again", finding.Text);
    }

    [Theory]
    [InlineData("kubernetes#110478", 4)]
    [InlineData("kubernetes#109996", -16)]
    [InlineData("kubernetes#131253", -8)]
    [InlineData("kubernetes#140473", 2048)]
    public void Totals_that_drift_by_a_few_pages_at_a_reboot_are_no_reproach(string issue, long kib)
    {
        var rebooted = Questions.Cell(Questions.Machine().Topology(), 1, cell => cell with { MemoryKiB = cell.MemoryKiB + kib });

        var report = FitCheck.Check(Questions.Ask(host: rebooted));

        Assert.True(Verdict.Fits == report.Verdict, issue);
        Assert.Equal("memory-drift", Assert.Single(report.Findings).Code);
    }

    [Theory]
    [InlineData("nova 1289064")]
    [InlineData("incus#3602")]
    [InlineData("risu#580")]
    public void Pins_copied_to_a_target_where_somebody_has_those_CPUs_are_broken_and_both_are_named(string issue)
    {
        var there = new GuestPins("there", Exclusive: true, Vcpus: new GuestVcpus(1, 1), Pins: [new VcpuPin(0, Some.Cpus("5"))], Emulator: Some.Cpus("6"));

        var report = FitCheck.Check(Questions.Ask() with { Situation = Situation.MigrateIn, Others = [there] });

        Assert.True(Verdict.Broken == report.Verdict, issue);
        Assert.Contains("web02 and there are both pinned to CPU 5", report.Findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Kubevirt_6821_a_target_without_the_same_CPU_numbers_is_refused_for_every_vCPU_at_once()
    {
        var small = new Machine([new MachineCell(0, Some.Cpus("0-1"), 8 * Questions.GiB), new MachineCell(1, Some.Cpus("2-3"), 8 * Questions.GiB)]).Topology();

        var report = FitCheck.Check(Questions.Ask(host: small) with { Situation = Situation.MigrateIn });

        Assert.Equal(["vcpu 0", "vcpu 1"], report.Findings.Where(one => one.Code == "cpu-gone").Select(one => one.Subject));
        Assert.Equal(Verdict.Broken, report.Verdict);
    }

    [Fact]
    public void OpenNebula_6772_a_target_whose_old_cell_is_full_is_said_before_the_migration()
    {
        var pages = new GuestPages(2048, null);
        var target = Questions.Cell(Questions.Machine().Topology(), 1, cell => cell with { Pages = [new PagePool(2048, 2048)] });
        var question = Questions.Ask(Questions.Guest() with { Pages = [pages] }, target) with { Situation = Situation.MigrateIn };
        question = question with { Host = question.Host with { Memory = new ObservedMemory([new CellMemory(1, 8 * Questions.GiB, 0, 0, [new FreePages(2048, 12)])]) } };

        var report = FitCheck.Check(question);

        Assert.Contains(report.Findings, one => one is { Code: "hugepages", Verdict: Verdict.Broken, Observed: "12 pages" });
    }

    [Fact]
    public void OVirt_500_a_page_size_that_the_host_does_not_have_is_an_answer_and_no_crash()
    {
        var report = FitCheck.Check(Questions.Ask(Questions.Guest() with { Pages = [new GuestPages(65_536, null)] }));

        Assert.Equal(("hugepages", Verdict.Broken), (report.Findings[0].Code, report.Findings[0].Verdict));
        Assert.Contains("cell 1 has none", report.Findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lxd_15082_memory_that_is_bound_without_pins_is_judged_all_the_same()
    {
        var bound = Questions.Guest() with { Pins = [] };

        Assert.Equal(Verdict.Fits, FitCheck.Check(Questions.Ask(bound)).Verdict);
        Assert.Equal("cell-gone", FitCheck.Check(Questions.Ask(bound, Questions.Machine().Without(1).Topology())).Findings[0].Code);
    }

    [Fact]
    public void Hwloc_835_what_one_boot_tells_and_the_next_does_not_is_no_difference()
    {
        var silent = Questions.Cpu(Questions.Machine().Topology(), 4, cpu => new CpuInfo(cpu.Id));

        Assert.Equal(Verdict.Fits, FitCheck.Check(Questions.Ask(host: silent)).Verdict);
    }
}
