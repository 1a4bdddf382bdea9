using NumaHistory.Schema.Changes;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Changes;

public sealed class TopologyDiffTests
{
    [Fact]
    public void Cpus_that_go_offline_are_one_change_with_all_that_follows()
    {
        var boot = Some.ThreeCells();

        var offline = boot with { Offline = Some.Cpus("2-3") };

        Changed(boot, offline, "cpu-offline cpu 2-3: online -> offline");
        Changed(offline, boot, "cpu-online cpu 2-3: offline -> online");
    }

    [Fact]
    public void An_offline_cpu_leaves_the_allowed_cpus_where_the_system_says_so()
    {
        var boot = Some.ThreeCells() with { AllowsOnlineOnly = true };

        Changed(boot, boot with { Offline = Some.Cpus("5") }, "cpu-offline cpu 5: online -> offline");
    }

    [Fact]
    public void Two_causes_at_once_are_told_apart()
    {
        var before = Some.ThreeCells() with { Offline = Some.Cpus("2-3") };
        var after = Some.ThreeCells()
            .With(new MachineCell(1, Some.Cpus("2-3"), 965_608, HugePages: 64))
            .With(new MachineCell(2, Some.Cpus("4-7"), 241_084));

        Changed(
            before,
            after,
            "cpu-online cpu 2-3: offline -> online",
            "memory-shrunk cell 2: 1027516 -> 241084",
            "pages-changed cell 1: 2048 KiB: 0 -> 2048 KiB: 64");
    }

    [Fact]
    public void A_cell_that_appears_takes_its_column_of_distances_along()
    {
        var before = Some.TwoCells();
        var after = before.With(new MachineCell(3, CpuSet.Empty, 524_288));

        Changed(before, after, "cell-added cell 3: - -> no cpus, 524288 KiB");
        Changed(after, before, "cell-gone cell 3: no cpus, 524288 KiB -> -");
        Changed(after, before.With(new MachineCell(3, CpuSet.Empty, 0)), "memory-shrunk cell 3: 524288 -> 0");
    }

    [Fact]
    public void A_cell_that_vanishes_with_its_cpus_is_two_changes()
    {
        var before = Some.ThreeCells();

        Changed(
            before,
            before.Without(1),
            "cell-gone cell 1: cpus 2-3, 965608 KiB -> -",
            "cpu-gone cpu 2-3: present -> absent");
        Changed(
            before.Without(1),
            before,
            "cell-added cell 1: - -> cpus 2-3, 965608 KiB",
            "cpu-added cpu 2-3: absent -> present");
    }

    [Fact]
    public void Smt_switched_off_is_one_change_of_the_host()
    {
        var on = Some.TwoCells();
        var off = on with { Offline = Some.Cpus("1,3,5,7") };

        Changed(on, off, "smt-changed host: 2 threads per core -> 1 thread per core, cpu 1,3,5,7 off");
        Changed(off, on, "smt-changed host: 1 thread per core -> 2 threads per core, cpu 1,3,5,7 on");
    }

    [Fact]
    public void A_boot_that_switches_smt_may_bring_back_a_cpu_at_that()
    {
        var on = Some.TwoCells() with { Offline = Some.Cpus("0") };
        var off = on with { Offline = Some.Cpus("1,3,5,7") };

        Changed(on, off, "smt-changed host: 2 threads per core -> 1 thread per core, cpu 1,3,5,7 off", "cpu-online cpu 0: offline -> online");
        Changed(off, on, "smt-changed host: 1 thread per core -> 2 threads per core, cpu 1,3,5,7 on", "cpu-offline cpu 0: online -> offline");
        Changed(on, on with { Offline = Some.Cpus("3,5,7") }, "cpu-offline cpu 3,5,7: online -> offline", "cpu-online cpu 0: offline -> online");
    }

    [Fact]
    public void One_thread_less_is_not_smt_switched_off()
    {
        var on = Some.TwoCells();

        Changed(on, on with { Offline = Some.Cpus("1,3,5") }, "cpu-offline cpu 1,3,5: online -> offline");
        Changed(on, on with { Offline = Some.Cpus("1,3,5-7") }, "cpu-offline cpu 1,3,5-7: online -> offline");
    }

    [Fact]
    public void Cells_that_swap_ids_are_renumbered_and_nothing_else()
    {
        var before = Some.ThreeCells();

        Changed(
            before,
            before.Renumbered(id => id == 0 ? 0 : 3 - id),
            "cell-renumbered cell 1: 1 -> 2",
            "cell-renumbered cell 2: 2 -> 1");
    }

    [Fact]
    public void A_renumbered_cell_that_also_lost_memory_and_a_cpu_is_found()
    {
        var before = Some.ThreeCells();
        var swapped = before.With(before.Cells[2] with { MemoryKiB = 900_000 }).Renumbered(id => id == 0 ? 0 : 3 - id);
        var after = swapped with { Offline = Some.Cpus("5") };

        Changed(
            before,
            after,
            "cell-renumbered cell 1: 1 -> 2",
            "cell-renumbered cell 2: 2 -> 1",
            "cpu-offline cpu 5: online -> offline",
            "memory-shrunk cell 1: 1027516 -> 900000");
    }

    [Fact]
    public void A_cell_lost_and_the_next_one_in_its_place_are_told_by_content()
    {
        var before = Some.ThreeCells();
        var after = before.Without(1).Renumbered(id => id == 2 ? 1 : id);

        Changed(
            before,
            after,
            "cell-renumbered cell 2: 2 -> 1",
            "cell-gone cell 1: cpus 2-3, 965608 KiB -> -",
            "cpu-gone cpu 2-3: present -> absent");
    }

    [Fact]
    public void Other_silicon_under_the_same_numbers_is_a_changed_socket()
    {
        var before = Some.TwoCells() with { Model = "A" };
        var after = before.With(before.Cells[1] with { Socket = 2 }) with { Model = "B" };

        Changed(
            before,
            after,
            "socket-changed cpu 0-3: model A -> model B",
            "socket-changed cpu 4-7: socket 1, model A -> socket 2, model B");
    }

    [Fact]
    public void Isolation_names_the_cpus_that_it_gained_and_lost()
    {
        var before = Some.TwoCells() with { Isolated = Some.Cpus("2-3") };

        Changed(
            before,
            before with { Isolated = Some.Cpus("3,6-7") },
            "isolation-changed cpu 2: isolated -> not isolated",
            "isolation-changed cpu 6-7: not isolated -> isolated");
    }

    [Fact]
    public void Distances_that_differ_are_shown_by_row()
    {
        var before = Some.TwoCells();
        var after = before.With(before.Cells[1] with { Place = 2 });

        Changed(
            before,
            after,
            "distances-changed cell 0: to 1: 21 -> to 1: 32",
            "distances-changed cell 1: to 0: 21 -> to 0: 32");
    }

    [Fact]
    public void Cells_that_lie_in_another_group_are_named_one_by_one()
    {
        var before = Grouped(null, "0", "0/1");
        var after = Grouped("0", null, "0/2");

        var changes = TopologyDiff.Between(before, after).Select(Text);

        Assert.Equal(
            [
                "group-changed cell 0: in no group -> in group 0",
                "group-changed cell 1: in group 0 -> in no group",
                "group-changed cell 2: in group 0/1 -> in group 0/2",
            ],
            changes);
    }

    [Fact]
    public void Devices_come_go_and_move()
    {
        var card = new Device("0000:3b:00.0", "network", ["eth0"], null, 0);
        var disk = new Device("0000:5e:00.0", "disk", ["nvme0n1"], null, null);
        var before = Some.TwoCells() with { Devices = [card, disk] };

        Changed(
            before,
            before with { Devices = [disk] },
            "device-changed device 0000:3b:00.0: network eth0, cell 0 -> -");
        Changed(
            before,
            before with { Devices = [card with { Cell = 1 }, disk with { Cell = 0 }] },
            "device-changed device 0000:3b:00.0: cell 0 -> cell 1",
            "device-changed device 0000:5e:00.0: cell unknown -> cell 0");
    }

    [Fact]
    public void What_became_unknown_is_not_lost()
    {
        var before = Some.TwoCells();
        var after = before.With(before.Cells[0] with { MemoryKiB = null }) with { Devices = null };

        Changed(
            before,
            after,
            "cell-changed cell 0: memoryKiB 4194304 -> memoryKiB unknown",
            "host-changed host: devices known -> devices unknown");
    }

    [Fact]
    public void A_capacity_that_was_not_recorded_yet_became_known()
    {
        var after = Some.TwoCells().Topology();
        var before = HostTopology.Of(after.Structure(), null);

        var changes = TopologyDiff.Between(before, after).Select(Text);

        Assert.Equal(["host-changed host: capacity unknown -> capacity known"], changes);
    }

    private static HostTopology Grouped(params string?[] groups) =>
        HostTopology.Of(new CpuMasks(), groups.Select((group, id) => new Cell(id, CpuSet.Of(id), Group: group)));

    private static void Changed(Machine before, Machine after, params string[] expected) =>
        Assert.Equal(expected, TopologyDiff.Between(before.Topology(), after.Topology()).Select(Text));

    private static string Text(TopologyChange change) =>
        $"{change.Name} {change.Subject}: {change.Before?.ToString() ?? "-"} -> {change.After?.ToString() ?? "-"}";
}
