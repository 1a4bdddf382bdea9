using NumaHistory.Recorder.Sampling;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Tests.Recorder.Sampling;

public sealed class CellMemoryReaderTests : IDisposable
{
    private const string Nodes = "sys/devices/system/node";

    private readonly TreeFolder _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Every_cell_is_read_in_order_of_its_number()
    {
        Cell(10, free: 300);
        Cell(2, free: 200);
        Cell(0, free: 100);

        var cells = ReadOnce(out var signs).ToCells();

        Assert.Equal([(0, 100L), (2, 200L), (10, 300L)], cells.Select(cell => (cell.Id, cell.FreeKiB!.Value)));
        Assert.Equal(ReadSigns.None, signs);
    }

    [Fact]
    public void Reclaimable_is_file_pages_without_shared_memory_and_with_reclaimable_slab()
    {
        Cell(0, free: 100);

        var cell = ReadOnce(out _).Cells[0];

        Assert.Equal((1000L, 100L, 400L - 50 + 25), (cell.TotalKiB, cell.FreeKiB, cell.ReclaimableKiB));
    }

    [Fact]
    public void The_next_pass_sees_what_the_files_say_now()
    {
        Cell(0, free: 100);
        using var reader = CellMemoryReader.Open(_tree.Root);
        var readings = reader.NewReadings();
        reader.Read(readings);
        var before = readings.ToCells();
        Cell(0, free: 60);

        reader.Read(readings);

        Assert.Equal(60, readings.Cells[0].FreeKiB);
        Assert.Equal(100, before[0].FreeKiB);
    }

    [Fact]
    public void A_machine_without_node_folders_is_cell_zero()
    {
        _tree.Write("proc/meminfo", Machine);
        Pool("sys/kernel/mm/hugepages", 2048, total: 8, free: 3);

        var cell = Assert.Single(ReadOnce(out _).ToCells());

        Assert.Equal(new CellMemory(0, 5000, 4000, 325), cell with { Pages = null });
        Assert.Equal([new FreePages(2048, 7)], cell.Pages!);
    }

    [Fact]
    public void Pages_of_the_default_size_come_with_meminfo_and_others_from_their_pool()
    {
        _tree.Write("proc/meminfo", Machine);
        Cell(0, free: 100, hugePagesFree: 5);
        Pool($"{Nodes}/node0/hugepages", 1048576, total: 4, free: 2);
        Pool($"{Nodes}/node0/hugepages", 2048, total: 9, free: 1);
        Pool($"{Nodes}/node0/hugepages", 64, total: 0, free: 0);

        var pages = ReadOnce(out _).ToCells()[0].Pages!;

        Assert.Equal([new FreePages(64, 0), new FreePages(2048, 5), new FreePages(1048576, 2)], pages);
    }

    [Fact]
    public void A_value_that_is_no_number_is_unknown_and_named_and_the_rest_is_read()
    {
        Cell(0, free: 100);
        _tree.Write($"{Nodes}/node1/meminfo", "Node 1 MemTotal: 1000 kB\nNode 1 MemFree: many kB\n");

        var readings = ReadOnce(out var signs);

        Assert.Equal(ReadSigns.Problems, signs);
        Assert.Equal(
            $"{Nodes}/node1/meminfo:2: 'many' is not a number", Assert.Single(readings.Problems).ToString());
        Assert.Null(readings.Cells[1].FreeKiB);
        Assert.Equal((1000L, 100L), (readings.Cells[1].TotalKiB, readings.Cells[0].FreeKiB));
    }

    [Fact]
    public void A_value_that_went_bad_is_not_what_it_was_before()
    {
        Cell(0, free: 100);
        using var reader = CellMemoryReader.Open(_tree.Root);
        var readings = reader.NewReadings();
        reader.Read(readings);
        _tree.Write($"{Nodes}/node0/meminfo", "");

        var signs = reader.Read(readings);

        Assert.Null(readings.Cells[0].FreeKiB);
        Assert.False(readings.AnyKnown);
        Assert.Equal(ReadSigns.Problems | ReadSigns.CapacityMoved, signs);
        Assert.Equal($"{Nodes}/node0/meminfo: is empty", Assert.Single(readings.Problems).ToString());
    }

    [Fact]
    public void More_free_than_there_is_cannot_be_true()
    {
        Cell(0, free: 1001);

        var readings = ReadOnce(out _);

        Assert.Equal((1000L, null), (readings.Cells[0].TotalKiB, readings.Cells[0].FreeKiB));
        Assert.Contains("1001 kB free of 1000 kB", Assert.Single(readings.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_without_a_meminfo_is_there_and_unknown()
    {
        Directory.CreateDirectory(_tree.At($"{Nodes}/node0"));
        using var reader = CellMemoryReader.Open(_tree.Root);
        var readings = reader.NewReadings();

        reader.Read(readings);

        Assert.Equal(new CellReading(0, null, null, null, null), readings.Cells[0]);
        Assert.Equal($"{Nodes}/node0/meminfo: is not there", Assert.Single(reader.Problems).ToString());
    }

    [Theory]
    [InlineData(900, 0)]
    [InlineData(1000, 4)]
    public void A_total_or_a_default_pool_that_moves_is_a_sign(long total, int hugePages)
    {
        Cell(0, free: 100);
        using var reader = CellMemoryReader.Open(_tree.Root);
        var readings = reader.NewReadings();
        var first = reader.Read(readings);
        Cell(0, free: 100, total: total, hugePagesFree: hugePages);

        var second = reader.Read(readings);
        var third = reader.Read(readings);

        Assert.Equal((ReadSigns.None, ReadSigns.CapacityMoved, ReadSigns.None), (first, second, third));
    }

    [Fact]
    public void A_number_of_pages_that_is_cut_off_is_unknown()
    {
        Cell(0, free: 100);
        Pool($"{Nodes}/node0/hugepages", 2048, total: 16, free: 16);
        _tree.Write($"{Nodes}/node0/hugepages/hugepages-2048kB/free_hugepages", "1");

        var readings = ReadOnce(out _);

        Assert.Null(readings.FreePages(0)[0]);
        Assert.Equal(
            $"{Nodes}/node0/hugepages/hugepages-2048kB/free_hugepages:1: is not a number of pages",
            Assert.Single(readings.Problems).ToString());
    }

    [Fact]
    public void A_steady_pass_allocates_nothing()
    {
        for (var id = 0; id < 4; id++)
        {
            Cell(id, free: 100);
            Pool($"{Nodes}/node{id}/hugepages", 2048, total: 16, free: 16);
        }

        using var reader = CellMemoryReader.Open(_tree.Root);
        using var signals = ChangeSignals.Open(_tree.Root);
        var readings = reader.NewReadings();
        reader.Read(readings);
        signals.Changed();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var pass = 0; pass < 50; pass++)
        {
            reader.Read(readings);
            signals.Changed();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(16, readings.FreePages(3)[0]);
    }

    private CellReadings ReadOnce(out ReadSigns signs)
    {
        using var reader = CellMemoryReader.Open(_tree.Root);
        var readings = reader.NewReadings();
        signs = reader.Read(readings);
        Assert.Empty(reader.Problems);
        return readings;
    }

    private void Cell(int id, long free, long total = 1000, int hugePagesFree = 0) =>
        _tree.Write($"{Nodes}/node{id}/meminfo", $"""
            Node {id} MemTotal:       {total,8} kB
            Node {id} MemFree:        {free,8} kB
            Node {id} FilePages:           400 kB
            Node {id} Shmem:                50 kB
            Node {id} SReclaimable:         25 kB
            Node {id} HugePages_Total: {hugePagesFree,5}
            Node {id} HugePages_Free:  {hugePagesFree,5}

            """);

    private void Pool(string folder, long size, int total, int free)
    {
        _tree.Write($"{folder}/hugepages-{size}kB/nr_hugepages", $"{total}\n");
        _tree.Write($"{folder}/hugepages-{size}kB/free_hugepages", $"{free}\n");
    }

    private const string Machine = """
        MemTotal:           5000 kB
        MemFree:            4000 kB
        Buffers:              50 kB
        Cached:              250 kB
        SwapCached:            0 kB
        Shmem:                 0 kB
        SReclaimable:         25 kB
        HugePages_Total:       8
        HugePages_Free:        7
        Hugepagesize:       2048 kB

        """;
}
