using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Formats.Sysfs;

public sealed class HostFactsTests
{
    private const string Pci = "sys/bus/pci/devices";

    [Fact]
    public void Devices_have_their_cell_driver_and_names()
    {
        var seen = Read(
            ("sys/devices/pci0000:3a/0000:3b:00.0/class", "0x020000\n"),
            ("sys/devices/pci0000:3a/0000:3b:00.0/numa_node", "1\n"),
            ("sys/devices/pci0000:3a/0000:3b:00.0/driver", "->../../../bus/pci/drivers/ice"),
            ("sys/devices/pci0000:3a/0000:3b:00.0/net/eth0/mtu", "1500\n"),
            ("sys/devices/pci0000:00/0000:00:02.0/class", "0x088000\n"),
            ("sys/devices/pci0000:00/0000:00:02.0/numa_node", "-1\n"),
            ($"{Pci}/0000:3b:00.0", "->../../../devices/pci0000:3a/0000:3b:00.0"),
            ($"{Pci}/0000:00:02.0", "->../../../devices/pci0000:00/0000:00:02.0"),
            ("sys/block/vda", "->../devices/pci0000:00/0000:00:02.0/virtio1/block/vda"),
            ("sys/block/loop0", "->../devices/virtual/block/loop0"),
            ("sys/class/net/enc1000", "->../../devices/css0/0.0.0009/0.0.1000/net/enc1000"));

        Assert.Equal(
            [
                "0.0.1000 network enc1000   ",
                "0000:00:02.0 0x0880 vda   ",
                "0000:3b:00.0 network eth0 ice 1 ",
            ],
            seen.Topology.Devices!.Select(device =>
                $"{device.Address} {device.Class} {string.Join(',', device.Names)} {device.Driver} {device.Cell} "));
    }

    [Fact]
    public void Devices_that_were_not_looked_at_are_unknown() => Assert.Null(Read().Topology.Devices);

    [Fact]
    public void Identity_and_settings_are_read()
    {
        var seen = Read(
            ("etc/machine-id", "3D1219C7C4C5404AAA1F6D2A48ADFDA4\n"),
            ("proc/sys/kernel/hostname", "h1.example.net\n"),
            ("proc/sys/kernel/random/boot_id", "83e3d0d7-156a-44fe-b527-84ea905eb0d6\n"),
            ("proc/stat", "cpu 1 2 3\nbtime 1700000000\n"),
            ("proc/version", "Linux version 6.1.0-18-amd64 (someone) #1 SMP\n"),
            ("proc/cmdline", "quiet isolcpus=2\n"),
            ("proc/sys/kernel/numa_balancing", "0\n"),
            ("sys/kernel/mm/ksm/merge_across_nodes", "1\n"),
            ("sys/devices/system/cpu/smt/control", "on\n"),
            ("sys/fs/cgroup/cgroup.controllers", "cpuset cpu\n"),
            ("sys/class/dmi/id/bios_vendor", "Acme\n"),
            ("sys/class/dmi/id/bios_date", "01/02/2024\n"));

        Assert.Equal(("h1", "3d1219c7c4c5404aaa1f6d2a48adfda4"), (seen.HostName, seen.MachineId));
        Assert.Equal(
            ("83e3d0d7-156a-44fe-b527-84ea905eb0d6", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)),
            (seen.BootId, seen.BootedAt));
        Assert.Equal(
            new HostSettings("6.1.0-18-amd64", "quiet isolcpus=2", "Acme 01/02/2024", null, 2, "on", false, true),
            seen.Settings);
    }

    [Fact]
    public void A_machine_id_that_is_none_is_unknown_and_named()
    {
        var seen = Read(("etc/machine-id", "not-an-id\n"));

        Assert.Null(seen.MachineId);
        Assert.Equal("etc/machine-id:1: 'not-an-id' is not a machine id", Assert.Single(seen.Problems).ToString());
    }

    [Fact]
    public void Guests_may_use_what_their_slice_has_before_what_the_recorder_has()
    {
        var slice = Read(
            ("sys/fs/cgroup/machine.slice/cpuset.cpus.effective", "2-7\n"),
            ("sys/fs/cgroup/cpuset.cpus.effective", "0-7\n"),
            ("proc/self/cpuset", "/system.slice/numa-recorder.service\n"),
            ("proc/1/status", "Cpus_allowed_list:\t0-7\n"));
        var service = Read(
            ("sys/fs/cgroup/system.slice/numa-recorder.service/cpuset.cpus.effective", "0-1\n"),
            ("sys/fs/cgroup/cpuset.cpus.effective", "0-7\n"),
            ("proc/self/cpuset", "/system.slice/numa-recorder.service\n"));
        var plain = Read(("proc/self/status", "Name:\tcat\nCpus_allowed_list:\t0-3\n"));

        Assert.Equal(
            ["2-7", "0-7", "0-3"],
            new[] { slice, service, plain }.Select(seen => seen.Topology.Cpus.Allowed!.ToString()));
        Assert.Null(Read().Topology.Cpus.Allowed);
    }

    [Theory]
    [InlineData("proc/xen/capabilities", "control_d\n")]
    [InlineData("sys/hypervisor/uuid", "00000000-0000-0000-0000-000000000000\n")]
    public void The_dom0_of_Xen_is_refused(string path, string text)
    {
        var seen = Read(("sys/hypervisor/type", "xen\n"), (path, text));

        Assert.Equal("xen", seen.Hypervisor);
        Assert.StartsWith("this is the dom0 of a Xen host", seen.Refused);
    }

    [Fact]
    public void Another_guest_of_Xen_is_a_host_like_any_other() =>
        Assert.Null(Read(("sys/hypervisor/type", "xen\n")).Refused);

    [Fact]
    public void A_tree_without_CPUs_and_memory_is_refused() =>
        Assert.NotNull(SysfsHost.Read(ArchivedTree.Of(("sys/kernel/notes", "x\n"))).Refused);

    private static SysfsReading Read(params (string, string)[] files) =>
        SysfsHost.Read(ArchivedTree.Of([("sys/devices/system/cpu/online", "0\n"), .. files]));
}
