using System.Diagnostics.CodeAnalysis;
using System.Text;
using NumaHistory.Schema.Formats.DomainXml;
using NumaHistory.Schema.Pinning;

namespace NumaHistory.Tests.Formats.DomainXml;

/// <summary>What a domain document says, rule by rule as libvirt reads it.</summary>
public sealed class DomainDocumentsTests
{
    [Fact]
    public void A_domain_without_pins_may_run_anywhere()
    {
        var guest = One("<domain><name>a</name><memory>1024</memory></domain>");

        Assert.Equal(("a", "static"), (guest.Guest, guest.Placement));
        Assert.Null(guest.Cpus);
        Assert.Null(guest.Emulator);
        Assert.Empty(guest.Pins);
        Assert.Null(guest.Memory);
        Assert.Equal((1024L, 1024L), (guest.MemoryKiB, guest.CurrentMemoryKiB));
        Assert.Equal(new GuestVcpus(1, 1), guest.Vcpus);
    }

    [Fact]
    public void The_form_of_2007_pins_vcpus_and_binds_memory_to_a_cell()
    {
        const string pins = "<cpus><pin vcpu='0' cpulist='2,3'/><pin vcpu='1' cpulist='3'/></cpus>";

        var guest = One($"<domain><name>a</name><cell>1</cell>{pins}</domain>");
        var alone = One(pins);

        Assert.Equal(["0=2-3", "1=3"], guest.Pins.Select(pin => $"{pin.Vcpu}={pin.Cpus}"));
        Assert.Equal((MemoryMode.Strict, "1"), (guest.Memory!.Mode, guest.Memory.Cells!.ToString()));
        Assert.Equal(new GuestVcpus(2, 2), guest.Vcpus);
        Assert.Equal(("unnamed", guest.Vcpus), (alone.Guest, alone.Vcpus));
        Assert.Equal(guest.Pins, alone.Pins);
    }

    [Theory]
    [InlineData("2", null, 2048)]
    [InlineData("2", "b", 1)]
    [InlineData("2", "KB", 2)]
    [InlineData("2", "k", 2)]
    [InlineData("1", "MB", 977)]
    [InlineData("1", "M", 1024)]
    [InlineData("3", "GiB", 3_145_728)]
    public void Memory_has_the_units_of_libvirt(string text, string? unit, long kib)
    {
        var written = unit is null ? "<memory>2048</memory>" : $"<memory unit='{unit}'>{text}</memory>";

        Assert.Equal(kib, One($"<domain><name>a</name>{written}</domain>").MemoryKiB);
    }

    [Theory]
    [InlineData("http://openstack.org/xmlns/libvirt/nova/1.1", "nova")]
    [InlineData("http://ovirt.org/vm/1.0", "ovirt")]
    [InlineData("http://kubevirt.io", "kubevirt")]
    [InlineData("http://libosinfo.org/xmlns/libvirt/domain/1.0", null)]
    public void Metadata_tells_who_manages_the_guest(string space, string? manager) => Assert.Equal(
        manager,
        One($"<domain><name>a</name><metadata><x:instance xmlns:x='{space}'/></metadata></domain>").ManagedBy);

    [Fact]
    public void Host_devices_are_listed_by_address()
    {
        var guest = One("""
            <domain><name>a</name><devices>
              <hostdev mode='subsystem' type='pci'>
                <source><address domain='0x0000' bus='0x3b' slot='0x00' function='0x1'/></source></hostdev>
              <interface type='hostdev'>
                <source><address type='pci' domain='0' bus='2' slot='16' function='0'/></source></interface>
              <hostdev mode='subsystem' type='usb'><source><address bus='1' device='2'/></source></hostdev>
              <hostdev mode='subsystem' type='mdev' model='vfio-pci'>
                <source><address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/></source></hostdev>
              <interface type='network'>
                <actual type='hostdev'><source><address type='pci' bus='0x5' slot='011'/></source></actual></interface>
              <disk type='nvme'><source type='pci'><address domain='0x10000' bus='0x1' slot='0' function='0'/></source></disk>
              <interface type='bridge'><source bridge='br0'/><address type='pci' bus='1' slot='1' function='0'/></interface>
            </devices></domain>
            """);

        Assert.Equal(["0000:02:10.0", "0000:05:09.0", "0000:3b:00.1", "10000:01:00.0"], guest.HostDevices);
    }

    [Fact]
    public void Guest_cells_are_numbered_sorted_bound_and_their_distances_completed()
    {
        var guest = One("""
            <domain><name>a</name><vcpu>4</vcpu>
              <numatune><memory mode='preferred' nodeset='0-1'/><memnode cellid='1' mode='strict' nodeset='3'/></numatune>
              <cpu><numa><cell id='1' cpus='2-3' memory='1' unit='GiB'/>
                <cell id='0' cpus='0-1' memory='1' unit='GiB'><distances><sibling id='1' value='21'/></distances></cell>
              </numa></cpu></domain>
            """);

        Assert.Equal([0, 1], guest.GuestCells.Select(cell => cell.Id));
        Assert.Equal((MemoryMode.Strict, "3"), (guest.GuestCells[1].Mode, guest.GuestCells[1].Cells?.ToString()));
        Assert.Null(guest.GuestCells[0].Cells);
        Assert.Equal(["0=21", "1=10"], guest.GuestCells[1].Distances!.Select(to => $"{to.Cell}={to.Distance}"));
        Assert.Equal(2_097_152, guest.MemoryKiB);
    }

    [Fact]
    public void Automatic_placement_drops_lists_and_takes_the_vcpus_along()
    {
        var guest = One("""
            <domain><name>a</name><vcpu>2</vcpu>
              <numatune><memory mode='interleave' placement='auto' nodeset='0'/></numatune></domain>
            """);

        Assert.Equal((MemoryMode.Interleave, null), (guest.Memory!.Mode, guest.Memory.Cells?.ToString()));
        Assert.Equal("auto", guest.Placement);
    }

    [Fact]
    public void Iothreads_without_a_pin_are_listed_too()
    {
        var guest = One("""
            <domain><name>a</name><iothreads>3</iothreads><iothreadids><iothread id='2'/></iothreadids>
              <cputune><iothreadpin iothread='2' cpuset='4'/></cputune></domain>
            """);

        Assert.Equal(["1:", "2:4", "3:"], guest.Iothreads.Select(thread => $"{thread.Id}:{thread.Cpus}"));
    }

    [Theory]
    [InlineData("<cputune><vcpupin vcpu='0' cpuset='1'/><vcpupin vcpu='0' cpuset='2'/></cputune>", "a second time")]
    [InlineData("<cputune><vcpupin vcpu='0' cpuset='2,^2'/></cputune>", "nothing is left")]
    [InlineData("<cputune><vcpupin cpuset='2'/></cputune>", "names no vcpu")]
    [InlineData("<vcpu>much</vcpu>", "not a count of vCPUs")]
    [InlineData("<vcpu current='3'>2</vcpu>", "more than the 2")]
    [InlineData("<memory unit='hectare'>1</memory>", "not a unit of memory")]
    [InlineData("<iothreads>5000</iothreads>", "not a count of I/O threads")]
    [InlineData("<uuid>1234</uuid>", "not a UUID")]
    [InlineData("<cell>west</cell>", "not a cell")]
    [InlineData("<cputune><emulatorpin cpuset='1'/><emulatorpin cpuset='2'/></cputune>", "more than once")]
    [InlineData("<cputune><vcpupin vcpu='0' cpuset='0-4294967295'/></cputune>", "is no libvirt list")]
    [InlineData("<numatune><memnode cellid='0' nodeset='1'/></numatune>", "is not there")]
    [InlineData("<numatune><memory mode='loose' nodeset='1'/></numatune>", "mode='loose'")]
    [InlineData("<cpu><numa><cell cpus='0' memory='1'/><cell cpus='0' memory='1'/></numa></cpu>", "another cell has")]
    [InlineData("<memoryBacking><hugepages><page size='2048' nodeset='3'/></hugepages></memoryBacking>", "which are not there")]
    public void What_libvirt_refuses_is_a_problem_with_its_place(string part, string why)
    {
        var reading = Read($"<domain>\n<name>a</name>\n{part}</domain>");

        var problem = Assert.Single(reading.Guests[0].Problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains(why, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_domains_stand_in_one_document_with_or_without_a_root_of_their_own()
    {
        const string two = "<domain><name>a</name></domain>\n<domain><name>b</name></domain>";

        Assert.Equal(["a", "b"], Read(two).Guests.Select(guest => guest.Pins.Guest));
        Assert.Equal(["a", "b"], Read($"<domains>{two}</domains>").Guests.Select(guest => guest.Pins.Guest));
    }

    private static GuestPins One([StringSyntax(StringSyntaxAttribute.Xml)] string xml)
    {
        var reading = Read(xml);
        var guest = Assert.Single(reading.Guests);
        Assert.Empty(guest.Problems);
        return guest.Pins;
    }

    private static DomainReading Read(string xml) => DomainDocuments.Parse(Encoding.UTF8.GetBytes(xml));
}
