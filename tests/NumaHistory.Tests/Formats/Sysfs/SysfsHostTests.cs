using NumaHistory.Schema.Formats.Sysfs;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Hosts;

namespace NumaHistory.Tests.Formats.Sysfs;

public sealed class SysfsHostTests
{
    private const string Cpu = SysReader.Cpus;
    private const string Node = SysReader.Nodes;

    private const string Meminfo =
        """
        MemTotal: 4096 kB
        MemFree: 1024 kB
        Buffers: 10 kB
        Cached: 100 kB
        SwapCached: 1 kB
        Shmem: 11 kB
        SReclaimable: 50 kB

        """;

    [Fact]
    public void A_machine_without_node_folders_is_one_cell_with_all_online_CPUs_and_its_memory()
    {
        var seen = Read(
            ($"{Cpu}/online", "0-1,3\n"),
            ("proc/meminfo", Meminfo),
            ("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "7\n"),
            ("sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages", "5\n"));

        var cell = Assert.Single(seen.Topology.Cells!);
        Assert.Equal((0, "0-1,3", 4096L), (cell.Id, cell.Cpus!.ToString(), cell.MemoryKiB));
        Assert.Equal([new PagePool(2048, 7)], cell.Pages);
        var memory = Assert.Single(seen.Memory.Cells);
        Assert.Equal((1024L, 150L, 5L), (memory.FreeKiB, memory.ReclaimableKiB, memory.Pages![0].Free));
        Assert.Empty(seen.Problems);
    }

    [Fact]
    public void Cpumap_wins_over_cpulist_and_links_with_a_problem_each()
    {
        var seen = Read(
            ($"{Cpu}/online", "0-3\n"), ($"{Node}/node0/cpumap", "3\n"), ($"{Node}/node0/cpulist", "0-2\n"),
            ($"{Node}/node0/cpu0", "->../../cpu/cpu0"), ($"{Node}/node0/cpu3", "->../../cpu/cpu3"));

        Assert.Equal("0-1", seen.Topology.Cells![0].Cpus!.ToString());
        Assert.Equal(
            [
                $"{Node}/node0/cpulist:1: says 0-2, but cpumap says 0-1; cpumap is used",
                $"{Node}/node0: links to CPUs 0,3, but cpumap says 0-1",
            ],
            seen.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void An_offline_CPU_that_keeps_its_link_is_no_problem()
    {
        var seen = Read(
            ($"{Cpu}/online", "0\n"), ($"{Node}/node0/cpumap", "1\n"),
            ($"{Node}/node0/cpu0", "->../../cpu/cpu0"), ($"{Node}/node0/cpu1", "->../../cpu/cpu1"));

        Assert.Equal("0", seen.Topology.Cells![0].Cpus!.ToString());
        Assert.Empty(seen.Problems);
    }

    [Fact]
    public void A_total_that_cannot_be_true_is_unknown_and_named()
    {
        var seen = Read(
            ($"{Node}/node2/cpumap", "1\n"),
            ($"{Node}/node2/meminfo", "Node 2 MemTotal: 18014398509481983 kB\nNode 2 MemFree: many kB\n"));

        Assert.Null(seen.Topology.Cells![0].MemoryKiB);
        Assert.Null(seen.Memory.Cells[0].FreeKiB);
        Assert.Contains(seen.Problems, problem => problem.Path == $"{Node}/node2/meminfo" && problem.Line == 1);
    }

    [Fact]
    public void A_cell_without_memory_has_a_total_of_zero_and_one_without_meminfo_an_unknown_one()
    {
        var seen = Read(
            ($"{Node}/node0/cpumap", "1\n"), ($"{Node}/node1/cpumap", "0\n"),
            ($"{Node}/node1/meminfo", "Node 1 MemTotal: 0 kB\nNode 1 MemFree: 0 kB\nNode 1 HugePages_Total: 0\n"));

        Assert.Equal([null, 0L], seen.Topology.Cells!.Select(cell => cell.MemoryKiB));
        Assert.Null(seen.Topology.Cells![0].Pages);
        Assert.Empty(seen.Topology.Cells[1].Pages!);
    }

    [Fact]
    public void A_mask_beyond_the_largest_CPU_of_the_kernel_is_not_believed()
    {
        var seen = Read(($"{Cpu}/kernel_max", "63\n"), ($"{Cpu}/online", "0-3\n"), ($"{Cpu}/isolated", "2-999\n"));

        Assert.Null(seen.Topology.Cpus.Isolated);
        Assert.Contains(seen.Problems, problem => problem.Path == $"{Cpu}/isolated");
    }

    [Fact]
    public void Null_in_brackets_is_how_the_kernel_says_that_it_has_no_mask()
    {
        var seen = Read(($"{Cpu}/online", "0\n"), ($"{Cpu}/nohz_full", "  (null)\n"), ($"{Cpu}/isolated", "\n"));

        Assert.Null(seen.Topology.Cpus.NohzFull);
        Assert.Equal(CpuSet.Empty, seen.Topology.Cpus.Isolated);
        Assert.Empty(seen.Problems);
    }

    [Fact]
    public void The_cells_of_the_HMAT_its_caches_and_tiers_are_read()
    {
        var seen = Read(
            ($"{Node}/node0/cpumap", "1\n"),
            ($"{Node}/node0/access0/initiators/node1", "->../../../node1"),
            ($"{Node}/node0/access0/initiators/read_latency", "90\n"),
            ($"{Node}/node0/access0/initiators/write_bandwidth", "40960\n"),
            ($"{Node}/node0/memory_side_cache/index1/size", "67108864\n"),
            ($"{Node}/node0/memory_side_cache/index1/line_size", "64\n"),
            ($"{Node}/node0/memory_side_cache/index1/indexing", "0\n"),
            ($"{Node}/node0/memory_side_cache/index1/write_policy", "1\n"),
            ("sys/devices/virtual/memory_tiering/memory_tier4/nodelist", "0-3\n"));

        var cell = seen.Topology.Cells![0];
        Assert.Equal([new CellAccess(0, CpuSet.Of(1), 90, null, null, 40960)], cell.Access);
        Assert.Equal([new MemorySideCache(1, 65536, 64, "direct-map", "write-through")], cell.Caches);
        Assert.Equal(4, cell.Tier);
    }

    [Fact]
    public void A_number_that_several_sockets_share_is_dropped()
    {
        var seen = Read(
            ($"{Cpu}/online", "0-1\n"),
            ($"{Cpu}/cpu0/topology/physical_package_id", "0\n"), ($"{Cpu}/cpu0/topology/core_siblings", "1\n"),
            ($"{Cpu}/cpu1/topology/physical_package_id", "0\n"), ($"{Cpu}/cpu1/topology/core_siblings", "2\n"));

        Assert.All(seen.Topology.CpuInfo!, cpu => Assert.Null(cpu.Socket));
        Assert.Equal($"{Cpu}/cpu1/topology/physical_package_id", Assert.Single(seen.Problems).Path);
    }

    [Fact]
    public void Core_types_come_from_the_lists_of_the_kernel_or_from_capacities()
    {
        var listed = Read(
            ($"{Cpu}/online", "0-1\n"), ("sys/devices/cpu_core/cpus", "0\n"), ("sys/devices/cpu_atom/cpus", "1\n"),
            ($"{Cpu}/cpu0/online", "1\n"), ($"{Cpu}/cpu1/online", "1\n"));
        var measured = Read(
            ($"{Cpu}/online", "0-1\n"), ($"{Cpu}/cpu0/cpu_capacity", "446\n"), ($"{Cpu}/cpu1/cpu_capacity", "1024\n"));
        var alike = Read(
            ($"{Cpu}/online", "0-1\n"), ($"{Cpu}/cpu0/cpu_capacity", "1024\n"), ($"{Cpu}/cpu1/cpu_capacity", "1024\n"));

        Assert.Equal(["performance", "efficiency"], listed.Topology.CpuInfo!.Select(cpu => cpu.CoreType));
        Assert.Equal(["efficiency", "performance"], measured.Topology.CpuInfo!.Select(cpu => cpu.CoreType));
        Assert.Equal([null, null], alike.Topology.CpuInfo!.Select(cpu => cpu.CoreType));
    }

    private static SysfsReading Read(params (string, string)[] files) => SysfsHost.Read(ArchivedTree.Of(files));
}
