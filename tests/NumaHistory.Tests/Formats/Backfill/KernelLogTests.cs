using NumaHistory.Schema.Formats.Backfill.KernelLogs;
using NumaHistory.Schema.Observing;

namespace NumaHistory.Tests.Formats.Backfill;

public sealed class KernelLogTests
{
    private const string Text = """
        -- Boot 637573ba91ae4008b58eaa9505a11f86 --
        2026-06-01T12:51:44.961234+0200 kvm7.example.net kernel: microcode: updated early: 0xf0 -> 0xf4, date = 2023-02-22
        2026-06-01T12:51:44.961250+0200 kvm7.example.net kernel: Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP
        2026-06-01T12:51:44.961260+0200 kvm7.example.net kernel: Command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 isolcpus=2-3
        2026-06-01T12:51:44.961270+0200 kvm7.example.net kernel: DMI: Dell Inc. PowerEdge R640/0H28RR, BIOS 2.14.2 06/11/2022
        2026-06-01T12:51:44.961280+0200 kvm7.example.net kernel: Initmem setup node 0 [mem 0x0000000000001000-0x00000004ffffffff]
        2026-06-01T12:51:44.961290+0200 kvm7.example.net kernel: mempolicy: Enabling automatic NUMA balancing. Configure with numa_balancing= or the kernel.numa_balancing sysctl
        2026-06-01T12:51:44.961300+0200 kvm7.example.net kernel: Kernel command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 isolcpus=2-3 more
        2026-06-01T13:00:00.000000+0200 kvm7.example.net systemd[1]: Started something.
        -- Boot 48230110dd084e91b7b6885728b98295 --
        2026-07-01T12:00:00.000000+0200 kvm7.example.net kernel: Linux version 6.1.0-21-amd64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP
        2026-07-01T12:00:01.000000+0200 kvm7.example.net kernel: microcode: Current revision: 0x00000020
        """;

    [Fact]
    public void A_boot_has_its_id_its_time_and_the_settings_the_kernel_told()
    {
        var reading = KernelLog.Parse("k", new StringReader(Text));

        Assert.Empty(reading.Problems);
        Assert.Equal(2, reading.Boots.Count);
        var first = reading.Boots[0];
        Assert.Equal(("637573ba-91ae-4008-b58e-aa9505a11f86", "kvm7.example.net", 2), (first.BootId, first.HostName, first.Line));
        Assert.Equal("2026-06-01T10:51:44.9612340+00:00", $"{first.At:O}");
        Assert.Equal(
            new HostSettings("6.1.0-18-amd64", "BOOT_IMAGE=/vmlinuz root=/dev/sda1 isolcpus=2-3", "2.14.2 06/11/2022", "0xf4", NumaBalancing: true), first.Settings);
        Assert.Equal(new HostSettings("6.1.0-21-amd64", Microcode: "0x20"), reading.Boots[1].Settings);
    }

    [Fact]
    public void What_is_told_of_cells_in_pieces_is_named_and_no_topology_is_made_of_it() => Assert.Equal(
        "k:6: what is told of cells, CPUs and memory here is in pieces, and makes no whole structure or capacity: not recorded",
        Assert.Single(KernelLog.Parse("k", new StringReader(Text)).Remarks).ToString());

    [Fact]
    public void JSON_tells_the_machine_too_and_how_long_it_had_run()
    {
        string Line(string message, long microseconds) =>
            $$"""{"_TRANSPORT":"kernel","__REALTIME_TIMESTAMP":"{{1_780_000_000_000_000 + microseconds}}","__MONOTONIC_TIMESTAMP":"{{2_000_000 + microseconds}}","_HOSTNAME":"kvm7","_BOOT_ID":"637573ba91ae4008b58eaa9505a11f86","_MACHINE_ID":"48230110dd084e91b7b6885728b98295","MESSAGE":"{{message}}"}""";

        var boot = Assert.Single(KernelLog.Parse("k", new StringReader(Line("Linux version 6.1.0 (x)", 0) + "\n" + Line("Command line: quiet", 5))).Boots);

        Assert.Equal(("48230110dd084e91b7b6885728b98295", "quiet"), (boot.MachineId, boot.Settings.CommandLine));
        Assert.Equal(TimeSpan.FromSeconds(2), boot.At - boot.BootedAt);
    }

    [Fact]
    public void A_boot_whose_beginning_is_lost_is_not_recorded()
    {
        var reading = KernelLog.Parse("k", new StringReader("2026-06-01T12:51:44+0200 h kernel: Offlined Pages 32768\n" + Text));

        Assert.Equal(2, reading.Boots.Count);
        Assert.Contains(reading.Remarks, remark => remark.ToString().StartsWith("k:1: the beginning of this boot", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Nov 23 12:51:44 kvm1 kernel: Linux version 6 (x)", "k:1: the time has no year")]
    public void A_bad_line_says_where_it_is_and_the_rest_goes_on(string line, string problem)
    {
        var reading = KernelLog.Parse("k", new StringReader($"{line}\n{Text}"));

        Assert.StartsWith(problem, Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal(2, reading.Boots.Count);
    }

    [Theory]
    [InlineData("{\"MESSAGE\":")]
    [InlineData("kernel: Linux version")]
    public void In_a_journal_of_JSON_every_line_is_JSON_or_told(string line)
    {
        const string Message = """{"MESSAGE":"Linux version 6.1.0","_HOSTNAME":"h","_BOOT_ID":"48230110dd084e91b7b6885728b98295","__REALTIME_TIMESTAMP":"1780311104000000"}""";
        var reading = KernelLog.Parse("k", new StringReader($"{Message}\n{line}\n{Message}"));

        Assert.Equal("k:2: is no JSON; the line is left out", Assert.Single(reading.Problems).ToString());
    }
}
