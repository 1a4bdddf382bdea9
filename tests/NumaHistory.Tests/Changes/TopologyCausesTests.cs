using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Hosts;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Changes;

/// <summary>One cause with many consequences: it comes first, and they name it.</summary>
public sealed class TopologyCausesTests
{
    private const long Gib = 1_048_576;

    [Theory]
    [InlineData(1, 4, "1 cell per socket, cells 0-1", "4 cells per socket, cells 0-7")]
    [InlineData(4, 1, "4 cells per socket, cells 0-7", "1 cell per socket, cells 0-1")]
    [InlineData(2, 4, "2 cells per socket, cells 0-3", "4 cells per socket, cells 0-7")]
    public void Another_number_of_cells_per_socket_is_one_cause(int was, int now, string before, string after)
    {
        var changes = Between(Sockets(was), Sockets(now));

        Assert.Equal($"cells-per-socket-changed host: {before} -> {after}", Text(changes[0]));
        Assert.True(changes.Count > 4);
        Assert.All(changes.Skip(1), change => Assert.Equal("cells-per-socket-changed host", change.Cause));
        Assert.Contains(changes, change => change.Name == (was < now ? ChangeNames.CellAdded : ChangeNames.CellGone));
        Assert.Contains(changes, change => change.Name == (was < now ? ChangeNames.MemoryShrunk : ChangeNames.MemoryGrew));
    }

    [Fact]
    public void One_cell_for_both_sockets_is_told_from_one_for_each()
    {
        var both = new Machine([new MachineCell(0, Some.Cpus("0-15"), 256 * Gib)]).Topology();
        var change = Between(
            HostTopology.Of(both.Cpus, both.Cells, Sockets(1).Topology().CpuInfo, both.Devices), Sockets(1).Topology())[0];

        Assert.Equal("cells-per-socket-changed host: 1 cell for 2 sockets, cell 0 -> 1 cell per socket, cells 0-1", Text(change));
    }

    [Fact]
    public void Memory_that_was_lost_with_another_cut_is_no_consequence_of_it()
    {
        var lost = Sockets(4).With(Sockets(4).Cells[6] with { MemoryKiB = 16 * Gib });

        var changes = Between(Sockets(1), lost);

        Assert.Equal(ChangeNames.CellsPerSocketChanged, changes[0].Name);
        Assert.Contains(changes, change => change is { Name: ChangeNames.MemoryShrunk, Cause: null });
    }

    [Fact]
    public void A_cell_whose_memory_is_gone_and_whose_cpus_moved_to_the_next_is_lost_and_no_other_cut()
    {
        var all = Sockets(2);
        var next = all.Without(3).With(all.Cells[2] with { Cpus = Some.Cpus("8-15") });

        var changes = Between(all, next);

        Assert.Equal(["cell-gone cell 3: cpus 12-15, 67108864 KiB -> -", "cpu-moved cpu 12-15: cell 3 -> cell 2"], changes.Take(2).Select(Text));
    }

    [Fact]
    public async Task A_kernel_that_was_told_to_see_one_cell_is_one_cause()
    {
        var (off, four) = ((await RecordedHost.ReadAsync("numaoff-of-4")).Topology, (await RecordedHost.ReadAsync("numa4-hmat")).Topology);

        Assert.Equal("cells-per-socket-changed host: 1 cell for 2 sockets, cell 0 -> 2 cells per socket, cells 0-3", Text(Between(off, four)[0]));
        Assert.Equal(ChangeNames.CellsPerSocketChanged, Between(four, off)[0].Name);
    }

    [Fact]
    public void Cells_that_a_kernel_made_up_hold_all_cpus_each()
    {
        var real = new Machine([new MachineCell(0, Some.Cpus("0-3"), 64 * Gib)]);
        var fake = new Machine([.. Enumerable.Range(0, 4).Select(id => new MachineCell(id, Some.Cpus("0-3"), 16 * Gib))]);

        Assert.Equal("cells-per-socket-changed host: 1 cell per socket, cell 0 -> 4 cells per socket, cells 0-3", Text(Between(real, fake)[0]));
    }

    [Fact]
    public void A_socket_that_is_gone_takes_its_cells_cpus_and_devices_along()
    {
        var card = new Device("0000:e1:00.0", "network", ["eth0"], null, 3);
        var all = Sockets(2) with { Devices = [card], Model = "X" };
        var left = all.Without(2).Without(3) with { Devices = [] };

        Changed(
            all,
            left,
            "socket-changed socket 1: 8 CPUs, cells 2-3, model X -> -",
            "cell-gone cell 2: cpus 8-11, 67108864 KiB -> - [socket-changed socket 1]",
            "cell-gone cell 3: cpus 12-15, 67108864 KiB -> - [socket-changed socket 1]",
            "cpu-gone cpu 8-15: present -> absent [socket-changed socket 1]",
            "device-changed device 0000:e1:00.0: network eth0, cell 3 -> - [socket-changed socket 1]");
        Assert.Equal("socket-changed socket 1: - -> 8 CPUs, cells 2-3, model X", Text(Between(left, all)[0]));
    }

    [Fact]
    public void A_processor_with_more_cores_is_one_cause()
    {
        var before = new Machine([new MachineCell(0, Some.Cpus("0-3"))]) { Threads = 2, Model = "A" };
        var after = new Machine([new MachineCell(0, Some.Cpus("0-7"))]) { Threads = 2, Model = "B" };

        var changes = Between(before, after);

        Assert.Equal("socket-changed socket 0: 2 cores, 4 CPUs, model A -> 4 cores, 8 CPUs, model B", Text(changes[0]));
        Assert.Equal("cpu-added cpu 4-7: absent -> present [socket-changed socket 0]", Text(changes[1]) + $" [{changes[1].Cause}]");
    }

    [Fact]
    public void A_cell_that_is_gone_is_the_cause_of_what_was_in_it()
    {
        var all = Some.ThreeCells();

        Changed(
            all,
            all.Without(1),
            "cell-gone cell 1: cpus 2-3, 965608 KiB -> -",
            "cpu-gone cpu 2-3: present -> absent [cell-gone cell 1]");
    }

    [Theory]
    [InlineData(0, 64, 0, 0, "128 MiB of base pages became 2 MiB pages")]
    [InlineData(64, 0, 0, 0, "128 MiB of 2 MiB pages became base pages")]
    [InlineData(1024, 0, 0, 2, "2 GiB of 2 MiB pages became 1 GiB pages")]
    [InlineData(1024, 0, 0, 1, "1 GiB of 2 MiB pages became 1 GiB pages, 1 GiB of 2 MiB pages became base pages")]
    [InlineData(512, 0, 0, 2, "1 GiB of 2 MiB pages became 1 GiB pages, 1 GiB of base pages became 1 GiB pages")]
    public void Pages_that_were_repurposed_say_what_they_became(long small, long smallNow, long large, long largeNow, string note)
    {
        var change = Assert.Single(TopologyDiff.Between(Pools(small, large), Pools(smallNow, largeNow)));

        Assert.Equal((ChangeNames.PagesChanged, note), (change.Name, change.Note));
    }

    // Two sockets of 8 CPUs and 128 GiB.
    private static Machine Sockets(int cells) => new(
    [
        .. Enumerable.Range(0, 2 * cells).Select(id => new MachineCell(
            id, CpuSet.Range(id * 8 / cells, ((id + 1) * 8 / cells) - 1), 128 / cells * Gib, Socket: id / cells)),
    ]);

    private static HostTopology Pools(long small, long large) =>
        HostTopology.Of(new CpuMasks(), [new Cell(0, CpuSet.Of(0), Pages: [new PagePool(2048, small), new PagePool(1_048_576, large)])]);

    private static void Changed(Machine before, Machine after, params string[] expected) => Assert.Equal(
        expected, Between(before, after).Select(change => $"{Text(change)}{(change.Cause is { } cause ? $" [{cause}]" : "")}"));

    private static IReadOnlyList<TopologyChange> Between(Machine before, Machine after) => Between(before.Topology(), after.Topology());

    private static IReadOnlyList<TopologyChange> Between(HostTopology before, HostTopology after)
    {
        var changes = TopologyDiff.Between(before, after);
        Assert.Equal(after.Fingerprint, TopologyDiff.Apply(before, changes).Fingerprint);
        return changes;
    }

    private static string Text(TopologyChange change) =>
        $"{change.Name} {change.Subject}: {change.Before?.ToString() ?? "-"} -> {change.After?.ToString() ?? "-"}";
}
