using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Pinning;
using NumaHistory.Tests.Hosts;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Fit;

/// <summary>Real kernels whose hardware changed while they ran: what a guest pinned before is told afterwards.</summary>
public sealed class RecordedChangesFitTests
{
    [Theory]
    [InlineData("dynamic-1-node1-cpus-offline", "2", "1", Verdict.Broken, "cpu-offline")]
    [InlineData("dynamic-1-node1-cpus-offline", "4", "2", Verdict.Fits, "")]
    [InlineData("dynamic-2-node2-blocks-offline", "4", "2", Verdict.Degraded, "memory-shrunk")]
    [InlineData("dynamic-2-node2-blocks-offline", "0", "0", Verdict.Fits, "")]
    public async Task A_guest_pinned_at_the_boot_of_a_machine(string later, string cpu, string cell, Verdict verdict, string code)
    {
        var (before, after) = (await RecordedHost.ReadAsync("dynamic-0-boot"), await RecordedHost.ReadAsync(later));

        var report = FitCheck.Check(Question(Guest(cpu, cell, 100), before, after));

        Assert.Equal(verdict, report.Verdict);
        Assert.True(code == "" || report.Findings.Any(finding => finding.Code == code && finding.Verdict == verdict));
    }

    [Fact]
    public async Task A_cell_that_came_by_hotplug_and_went_is_gone_for_a_guest_bound_to_it()
    {
        var (plugged, before) = (await RecordedHost.ReadAsync("sparse-1-nodes-0-1-3"), await RecordedHost.ReadAsync("sparse-0-boot"));
        var guest = Guest("0", "3", 100) with { Pins = [] };

        Assert.Equal(Verdict.Fits, FitCheck.Check(Question(guest, plugged, plugged)).Verdict);
        Assert.Equal("cell-gone", FitCheck.Check(Question(guest, plugged, before)).Findings[0].Code);
    }

    [Fact]
    public async Task All_blocks_of_a_cell_offline_leave_no_room_for_what_is_bound_there()
    {
        var (plugged, offline) = (await RecordedHost.ReadAsync("sparse-1-nodes-0-1-3"), await RecordedHost.ReadAsync("sparse-2-node3-offline"));

        var report = FitCheck.Check(Question(Guest("0", "3", 100) with { Pins = [] }, plugged, offline));

        Assert.Equal((Verdict.Broken, "memory-capacity"), (report.Verdict, report.Findings[0].Code));
    }

    private static FitQuestion Question(GuestPins guest, SysfsReading before, SysfsReading after) => new(
        guest,
        new FitHost("h", after.Topology, after.Memory, after.Architecture, after.Settings),
        Situation.Start,
        new FitContext(before.Topology, before.Memory));

    private static GuestPins Guest(string cpu, string cell, long mib) => new(
        "g",
        Vcpus: new GuestVcpus(1, 1),
        MemoryKiB: mib * 1024,
        Pins: [new VcpuPin(0, Some.Cpus(cpu))],
        Memory: new MemoryBinding(MemoryMode.Strict, Some.Cpus(cell)));
}
