using NumaHistory.Recorder.Sources.Libvirt;
using NumaHistory.Recorder.Sources.Libvirt.Native;
using NumaHistory.Schema.Files;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Pinning;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Recorder.Sources.Libvirt;

public sealed class LibvirtSourceTests
{
    public LibvirtSourceTests() => LibvirtHere.Require();

    [Fact]
    public async Task A_host_of_the_test_driver_is_named_by_its_path_and_has_the_cells_of_its_capabilities()
    {
        var seen = await ReadAsync(TestDriver.Uri);

        Assert.Equal(
            ("default", "libvirt", "test", "i686"),
            (seen.Host, seen.Source, seen.Hypervisor, seen.Architecture));
        Assert.Equal(["0-7", "8-15"], seen.Topology!.Cells!.Select(cell => cell.Cpus!.ToString()));
        Assert.Equal([2097152L, 4194304L], seen.Topology.Cells!.Select(cell => cell.MemoryKiB));
        Assert.Equal([2048L, 4096L], seen.Memory!.Cells.Select(cell => cell.FreeKiB));
        Assert.Equal([2048L, 1048576L], seen.Memory.Cells[1].Pages!.Select(pages => pages.SizeKiB));
        Assert.All(seen.Memory.Cells, cell => Assert.Null(cell.ReclaimableKiB));
        Assert.True(seen.IsEveryGuest);
    }

    [Fact]
    public async Task A_CPU_map_that_is_shorter_than_the_capabilities_says_of_no_CPU_whether_it_is_online()
    {
        var seen = await ReadAsync(TestDriver.Uri);

        Assert.Null(seen.Topology!.Cpus.Online);
        Assert.Equal(
            ["capabilities.xml: the last CPU is 15, but the CPU map has 8 CPUs: which are online is not known"],
            seen.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public async Task A_running_guest_has_its_definition_what_runs_and_what_is_in_force()
    {
        using var manager = new TestDriver();
        manager.Start("layers");

        var guests = Of("layers", await ReadAsync(TestDriver.Uri));

        Assert.Equal([PinLayer.Config, PinLayer.Live], guests.Select(guest => guest.Layer));
        Assert.All(guests, guest => Assert.Equal("running", guest.State));
        Assert.All(guests, guest => Assert.Equal(["0: 1"], guest.Pins.Select(pin => $"{pin.Vcpu}: {pin.Cpus}")));
        Assert.Null(guests[0].Effective);
        Assert.Equal(["0: 1", "1: 0-15"], guests[1].Effective!.Pins.Select(pin => $"{pin.Vcpu}: {pin.Cpus}"));
    }

    [Fact]
    public async Task A_pin_that_is_set_while_the_guest_runs_is_live_and_one_in_its_definition_waits_for_the_next_start()
    {
        using var manager = new TestDriver();
        var guest = manager.Start("repinned");
        await using var session = new LibvirtSession(TestDriver.Uri, TimeProvider.System);
        var source = new LibvirtSource(session, null, TimeProvider.System);
        await source.ReadAsync(default);

        TestDriver.Pin(guest, vcpu: 0, cpu: 4);
        manager.Define("repinned", vcpu: 1, cpu: 6);

        var layers = Of("repinned", await source.ReadAsync(default));
        Assert.Equal(["1: 6"], layers[0].Pins.Select(pin => $"{pin.Vcpu}: {pin.Cpus}"));
        Assert.Equal(["0: 4"], layers[1].Pins.Select(pin => $"{pin.Vcpu}: {pin.Cpus}"));
        Assert.Equal(["0: 4", "1: 0-15"], layers[1].Effective!.Pins.Select(pin => $"{pin.Vcpu}: {pin.Cpus}"));
    }

    [Fact]
    public async Task A_guest_in_which_nothing_changed_is_not_parsed_again()
    {
        using var manager = new TestDriver();
        manager.Start("unchanged");
        await using var session = new LibvirtSession(TestDriver.Uri, TimeProvider.System);
        var source = new LibvirtSource(session, null, TimeProvider.System);

        var first = await source.ReadAsync(default);
        var later = await source.ReadAsync(default);

        Assert.Same(first.Topology, later.Topology);
        Assert.All(Of("unchanged", first).Zip(Of("unchanged", later)), pair => Assert.Same(pair.First, pair.Second));
    }

    [Fact]
    public async Task A_guest_that_stopped_has_no_live_layer_and_says_why_it_stopped()
    {
        using var manager = new TestDriver();
        TestDriver.Destroy(manager.Start("stopped"));

        var guests = Of("stopped", await ReadAsync(TestDriver.Uri));

        Assert.Equal(
            [(PinLayer.Config, "shut off", "destroyed")],
            guests.Select(guest => (guest.Layer, guest.State!, guest.StateReason!)));
    }

    [Fact]
    public async Task A_saved_image_that_cannot_be_read_is_a_problem_and_its_guest_is_not_gone()
    {
        using var manager = new TestDriver();
        TestDriver.ManagedSave(manager.Start("saved"));

        // The test driver saves, but does not show what it saved.
        var seen = await ReadAsync(TestDriver.Uri);

        Assert.Equal(["saved"], Of("saved", seen).Select(guest => guest.StateReason));
        Assert.Contains(seen.UnreadGuests!, guest => guest is { Guest: "saved", Layer: PinLayer.SavedImage });
        Assert.Contains(seen.Problems, problem => problem.Path == "domains/saved/saved-image.xml");
        Assert.True(seen.IsEveryGuest);
    }

    [Fact]
    public async Task A_host_in_a_file_with_one_node_is_one_cell()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kvm7.xml", TestHost.Text(nodes: 1));

        var seen = await ReadAsync($"test://{folder.At("kvm7.xml")}");

        Assert.Equal("kvm7", seen.Host);
        Assert.Equal(
            [(0, "0-7", 4194304L)],
            seen.Topology!.Cells!.Select(cell => (cell.Id, $"{cell.Cpus}", cell.MemoryKiB!.Value)));
        Assert.Equal("0,2,4", $"{seen.Topology.Cpus.Online}");
        Assert.Equal(["web01", "web01"], seen.Guests!.Select(guest => guest.Guest));
        Assert.Null(seen.Memory);
    }

    [Fact]
    public async Task A_host_in_a_file_with_several_nodes_does_not_say_which_CPU_is_where()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kvm8.xml", TestHost.Text(nodes: 2));

        var seen = await ReadAsync($"test://{folder.At("kvm8.xml")}");

        Assert.Null(seen.Topology);
        Assert.Equal(
            ["capabilities.xml: lists no cells: which CPU is in which is not known"],
            seen.Problems.Select(problem => problem.ToString()));
        Assert.Equal(2, seen.Guests!.Count);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_made_says_which_and_what_to_try()
    {
        var unusable = await Assert.ThrowsAsync<SourceUnusableException>(() => ReadAsync("test:///no/such/host.xml"));

        Assert.Equal("test:///no/such/host.xml: there is no such file", unusable.Message);
        Assert.Contains("test:///default", unusable.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_on_the_machine_is_named_with_the_package_that_has_it()
    {
        var unusable = Assert.Throws<SourceUnusableException>(() => LibvirtLibrary.Load("libvirt-of-nobody.so.0"));

        Assert.Equal("libvirt: libvirt-of-nobody.so.0 is not on this machine", unusable.Message);
        Assert.Contains("apt-get install libvirt0", unusable.Hint, StringComparison.Ordinal);
    }

    private static async Task<Observation> ReadAsync(string uri)
    {
        await using var session = new LibvirtSession(uri, TimeProvider.System);
        return await new LibvirtSource(session, null, TimeProvider.System).ReadAsync(default);
    }

    private static List<GuestPins> Of(string name, Observation seen) =>
        [.. seen.Guests!.Where(guest => guest.Guest == name)];
}
