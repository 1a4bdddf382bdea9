using NumaHistory.Schema.Formats.Backfill.QemuLogs;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Tests.Formats.Backfill;

/// <summary>Logs in the forms libvirt 1.1 to 11 write them.</summary>
public sealed class QemuLogTests
{
    // libvirt since 7.2: an option a line; since 6.6 objects are JSON.
    private const string New = """
        2026-05-04 08:20:25.095+0000: starting up libvirt version: 10.0.0, package: 2.el9 (builder, 2026-01-10-04:57:33, ), qemu version: 8.2.0qemu-kvm-8.2.0-11.el9, kernel: 5.14.0-427.el9.x86_64, hostname: kvm7.example.net
        LC_ALL=C \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin \
        HOME=/var/lib/libvirt/qemu/domain-3-db \
        /usr/libexec/qemu-kvm \
        -name guest=db,debug-threads=on \
        -S \
        -object '{"qom-type":"secret","id":"masterKey0","format":"raw","file":"/var/lib/libvirt/qemu/domain-3-db/master-key.aes"}' \
        -machine pc-q35-rhel9.4.0,usb=off,dump-guest-core=off \
        -accel kvm \
        -cpu host,migratable=on \
        -m size=8388608k \
        -overcommit mem-lock=on \
        -smp 4,maxcpus=8,sockets=8,cores=1,threads=1 \
        -object '{"qom-type":"iothread","id":"iothread1"}' \
        -object '{"qom-type":"memory-backend-ram","id":"ram-node0","size":4294967296,"host-nodes":[0],"policy":"bind"}' \
        -object '{"qom-type":"memory-backend-file","id":"ram-node1","mem-path":"/dev/hugepages1G/libvirt/qemu/3-db","prealloc":true,"size":4294967296,"host-nodes":[1,2,4],"policy":"preferred"}' \
        -numa node,nodeid=0,cpus=0-1,memdev=ram-node0 \
        -numa node,nodeid=1,cpus=2,cpus=3,memdev=ram-node1 \
        -numa dist,src=0,dst=0,val=10 \
        -numa dist,src=0,dst=1,val=21 \
        -uuid bf5f467f-c17a-4e6e-b3e2-1beb97941324 \
        -device '{"driver":"vfio-pci","host":"0000:3b:00.0","id":"hostdev0","bus":"pci.7"}' \
        -msg timestamp=on
        char device redirected to /dev/pts/0 (label charserial0)
        2026-05-04T09:37:42.867769Z qemu-kvm: terminating on signal 15 from pid 1426 (/usr/sbin/libvirtd)
        2026-05-04 09:37:43.068+0000: shutting down, reason=destroyed
        """;

    // libvirt 1.1 to 7.1: one line.
    private const string Old = """
        2014-03-02 10:00:00.000+0100: starting up
        LC_ALL=C PATH=/sbin:/usr/bin QEMU_AUDIO_DRV=none /usr/bin/kvm -name web -S -cpu Nehalem,+vme -m 2048 -realtime mlock=off -smp 2,sockets=2,cores=1,threads=1 -object memory-backend-ram,id=pc.ram,size=2147483648,host-nodes=1-2,host-nodes=5,policy=interleave -uuid 76ad470f-e9df-48bd-9b77-abee61582fe2 -device vfio-pci,host=3b:00.0,id=hostdev0 -drive file=/a,,b.img -incoming tcp:[::]:49152
        2014-03-02 12:00:00.000+0100: shutting down
        """;

    [Fact]
    public void A_start_tells_vcpus_memory_and_what_every_guest_cell_is_bound_to()
    {
        var run = Assert.Single(Read(New).Runs);

        Assert.Equal((1, "kvm7.example.net", false), (run.Line, run.HostName, run.IsIncoming));
        Assert.Equal(("2026-05-04T08:20:25.0950000+00:00", "destroyed"), ($"{run.StartedAt:O}", run.StopReason));
        Assert.Equal("2026-05-04T09:37:43.0680000+00:00", $"{run.StoppedAt:O}");
        var pins = run.Pins;
        Assert.Equal(("db", "bf5f467f-c17a-4e6e-b3e2-1beb97941324", PinLayer.Live), (pins.Guest, pins.Uuid, pins.Layer));
        Assert.Equal((new GuestVcpus(8, 4), 8_388_608, "host-passthrough"), (pins.Vcpus, pins.MemoryKiB, pins.CpuModel));
        Assert.Equal(
            ["0 0-1 4194304 Strict 0", "1 2-3 4194304 Preferred 1-2,4"],
            pins.GuestCells.Select(cell => $"{cell.Id} {cell.Vcpus} {cell.MemoryKiB} {cell.Mode} {cell.Cells}"));
        Assert.Equal([10, 21], pins.GuestCells[0].Distances!.Select(distance => distance.Distance));
        Assert.Equal(("1048576", "1"), ($"{Assert.Single(pins.Pages).SizeKiB}", $"{pins.Pages[0].GuestCells}"));
        Assert.Equal((new MemoryBacking(true, true), "0000:3b:00.0", 1), (pins.Backing, pins.HostDevices.Single(), pins.Iothreads.Single().Id));
    }

    [Fact]
    public void Which_CPUs_threads_were_pinned_to_is_not_in_it_and_not_made_up()
    {
        var pins = Read(New).Runs[0].Pins;

        Assert.Empty(pins.Pins);
        Assert.Equal((null, null, null, null), (pins.Placement, pins.Cpus, pins.Emulator, pins.Memory));
    }

    [Fact]
    public void The_form_of_old_versions_is_one_line_with_key_and_value()
    {
        var run = Assert.Single(Read(Old).Runs);

        Assert.Equal(("2014-03-02T09:00:00.0000000+00:00", null, true), ($"{run.StartedAt:O}", run.HostName, run.IsIncoming));
        Assert.Equal((MemoryMode.Interleave, "1-2,5"), (run.Pins.Memory!.Mode, $"{run.Pins.Memory.Cells}"));
        Assert.Equal(("web", 2_097_152, "Nehalem", "0000:3b:00.0"), (run.Pins.Guest, run.Pins.MemoryKiB, run.Pins.CpuModel, run.Pins.HostDevices.Single()));
        Assert.Equal((new GuestVcpus(2, 2), false, null), (run.Pins.Vcpus, run.Pins.Backing!.Locked, run.StopReason));
    }

    [Fact]
    public void A_run_whose_end_nobody_wrote_ends_where_QEMU_was_killed_or_is_left_open()
    {
        var lost = Read(Run("2026-05-04 08:00") + Run("2026-05-04 09:00"));
        var killed = Read(Run("2026-05-04 08:00") + "2026-05-04T08:30:00.000000Z qemu-kvm: terminating on signal 9 from pid 1\n" + Run("2026-05-04 09:00"));

        Assert.Equal([null, null], lost.Runs.Select(run => run.StoppedAt));
        Assert.Equal([30, null], killed.Runs.Select(run => run.StoppedAt?.Minute));
    }

    [Fact]
    public void What_failed_to_start_never_ran()
    {
        var reading = Read(Run("2026-05-04 08:00") + "2026-05-04 08:00:01.000+0000: shutting down, reason=failed\n" + Run("2026-05-04 09:00"));

        Assert.Equal(9, Assert.Single(reading.Runs).StartedAt.Hour);
        Assert.Empty(reading.Problems);
    }

    [Theory]
    [InlineData("2011-11-01 08:12:23.012: starting up\n/usr/bin/kvm -name a\n", "a.log:1: the time has no offset")]
    [InlineData("2011-13-01 08:12:23.012+0000: starting up\n", "a.log:1: '2011-13-01 08:12:23.012' is no moment of the calendar")]
    [InlineData("2026-05-04 08:12:23.012+0000: starting up\n", "a.log:1: the command line of this start is cut off")]
    [InlineData("2026-05-04 08:12:23.012+0000: starting up\n/usr/bin/kvm -name 'a\n", "a.log:2: a quote in the command line is not closed")]
    [InlineData("2026-05-04 08:12:23.012+0000: starting up\n/usr/bin/kvm -name a -object '{\"qom' -smp 1\n", "a.log:2: -object {\"qom is no JSON; it is left out")]
    [InlineData("2026-05-04 08:12:23.012+0000: starting up\n/usr/bin/kvm -name a -smp many\n", "a.log:2: -smp has no number of CPUs")]
    [InlineData("2026-05-04 08:12:23.012+0000: starting up\n/usr/bin/kvm -name a -object memory-backend-ram,id=m,host-nodes=x,policy=bind\n", "a.log:2: host-nodes of m is no list of cells")]
    public void A_bad_line_says_where_it_is_and_the_rest_goes_on(string text, string problem)
    {
        var reading = Read(text + Run("2026-05-05 08:00"));

        Assert.StartsWith(problem, Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal(5, reading.Runs[^1].StartedAt.Day);
    }

    private static string Run(string minute) => $"{minute}:00.000+0000: starting up libvirt version: 9.0.0\n/usr/bin/kvm \\\n-name guest=a \\\n-smp 1\n";

    private static QemuLogReading Read(string text) => QemuLog.Parse("a.log", "a", new StringReader(text));
}
