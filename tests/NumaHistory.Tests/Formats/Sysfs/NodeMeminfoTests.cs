using System.Text;
using CsCheck;
using NumaHistory.Schema.Formats.Sysfs;

namespace NumaHistory.Tests.Formats.Sysfs;

public sealed class NodeMeminfoTests
{
    private const string Node = """
        Node 3 MemTotal:         247972 kB
        Node 3 MemFree:          230100 kB
        Node 3 MemUsed:           17872 kB
        Node 3 Active(file):       1000 kB
        Node 3 FilePages:          4000 kB
        Node 3 Shmem:               500 kB
        Node 3 SReclaimable:        250 kB
        Node 3 ShmemHugePages:        7 kB
        Node 3 HugePages_Total:    16
        Node 3 HugePages_Free:     12
        Node 3 HugePages_Surp:      0

        """;

    [Fact]
    public void A_cell_says_its_memory_and_its_huge_pages()
    {
        var read = Parse(Node);

        Assert.Equal((247972L, 230100L), (read.TotalKiB, read.FreeKiB));
        Assert.Equal((4000L, 500L, 250L), (read.FilePagesKiB, read.ShmemKiB, read.SlabReclaimableKiB));
        Assert.Equal(3750, read.ReclaimableKiB);
        Assert.Equal((16L, 12L), (read.HugePagesTotal, read.HugePagesFree));
        Assert.Null(read.HugePageKiB);
        Assert.Null(read.Fault);
    }

    [Fact]
    public void The_machine_adds_its_file_pages_up_and_names_the_default_page_size()
    {
        var read = Parse("""
            MemTotal:       24689168 kB
            MemFree:        19000000 kB
            MemAvailable:   23000000 kB
            Buffers:            1000 kB
            Cached:           300000 kB
            SwapCached:           24 kB
            Shmem:              8724 kB
            SReclaimable:     165996 kB
            HugePages_Total:       0
            HugePages_Free:        0
            Hugepagesize:       2048 kB

            """);

        Assert.Equal(301024, read.FilePagesKiB);
        Assert.Equal(301024 - 8724 + 165996, read.ReclaimableKiB);
        Assert.Equal(2048, read.HugePageKiB);
        Assert.Null(read.Fault);
    }

    [Fact]
    public void Padding_of_a_recording_does_not_count() =>
        Assert.Equal(Parse(Node), Parse(Node + new string('\0', 3026)));

    [Fact]
    public void An_old_kernel_that_names_no_shared_memory_leaves_reclaimable_unknown()
    {
        var read = Parse(Node.Replace("Node 3 Shmem:               500 kB\n", "", StringComparison.Ordinal));

        Assert.Null(read.ReclaimableKiB);
        Assert.Equal(4000, read.FilePagesKiB);
        Assert.Null(read.Fault);
    }

    [Theory]
    [InlineData("Node 3 MemTotal:         many kB\n", "line 1: 'many' is not a number")]
    [InlineData("Node 3 MemTotal:\n", "line 1: a number is missing")]
    [InlineData("Node 3 MemTotal: -4 kB\n", "line 1: '-4' is not a number")]
    [InlineData("Node 3 MemTotal: 12\u00014 kB\n", "line 1: '12?4' is not a number")]
    [InlineData("\nNode 3 MemTotal: 18014398509481983 kB\n", "line 2: '18014398509481983' is too large to be true")]
    [InlineData("Node 3 MemTotal: 99999999999999999999 kB\n", "line 1: '99999999999999999999' is too large to be true")]
    [InlineData("Node 3 MemTotal: 4 MB\n", "line 1: '4 MB' is not in the unit this line has")]
    [InlineData("Node 3 MemTotal: 2479", "line 1: '2479' is cut off")]
    [InlineData("Node 3 MemTotal: 2479 k", "line 1: '2479 k' is not in the unit this line has")]
    [InlineData("Node 3 MemFree: 4 kB\n", "line : has no MemTotal")]
    [InlineData("", "line : is empty")]
    [InlineData("\0\0\0", "line : is empty")]
    public void Text_that_cannot_be_true_is_unknown_and_says_where(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        var read = NodeMeminfo.Parse(bytes);

        Assert.Null(read.TotalKiB);
        Assert.Equal(expected, $"line {read.Fault!.Value.Line}: {read.Fault.Value.Describe(bytes)}");
    }

    [Fact]
    public void One_bad_line_costs_only_its_own_value()
    {
        var read = Parse(Node.Replace("230100", "23O100", StringComparison.Ordinal));

        Assert.Null(read.FreeKiB);
        Assert.Equal(2, read.Fault!.Value.Line);
        Assert.Equal((247972L, 3750L, 12L), (read.TotalKiB, read.ReclaimableKiB, read.HugePagesFree));
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_never_gives_another_number()
    {
        var whole = Parse(Node);
        var bytes = Encoding.UTF8.GetBytes(Node);

        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = NodeMeminfo.Parse(bytes.AsSpan(0, length));

            Assert.True(cut.TotalKiB is null || cut.TotalKiB == whole.TotalKiB, $"total at {length}");
            Assert.True(cut.FreeKiB is null || cut.FreeKiB == whole.FreeKiB, $"free at {length}");
            Assert.True(
                cut.ReclaimableKiB is null || cut.ReclaimableKiB == whole.ReclaimableKiB, $"reclaimable at {length}");
            Assert.True(cut.HugePagesFree is null || cut.HugePagesFree == whole.HugePagesFree, $"pages at {length}");
        }
    }

    [Fact]
    public void Any_bytes_at_all_are_read_without_an_exception() =>
        Gen.Byte.Array[0, 200].Sample(
            bytes => NodeMeminfo.Parse(bytes).Fault?.Describe(bytes) is null or { Length: > 0 });

    [Fact]
    public void A_layout_reads_every_state_of_a_file_as_if_it_had_never_seen_another()
    {
        var value = Gen.OneOf(
            Gen.Long[0, 99_999_999].Select(kib => $"{kib,8} kB"),
            Gen.Long[0, 9_999_999_999].Select(kib => $"{kib,8} kB"),
            Gen.Const("    many kB"),
            Gen.Const("    1234 MB"));
        var text = Gen.Select(value.Array[4], Gen.Int[0, 99_999], Gen.Int[0, 400]).Select((sizes, pages, cut) => $"""
            Node 3 MemTotal:       {sizes[0]}
            Node 3 MemFree:        {sizes[1]}
            Node 3 FilePages:      {sizes[2]}
            Node 3 Shmem:                 0 kB
            Node 3 SReclaimable:   {sizes[3]}
            Node 3 HugePages_Free: {pages,5}

            """[..^(cut > 300 ? cut - 300 : 0)]);

        text.Array[1, 8].Sample(texts =>
        {
            var layout = new MeminfoLayout();

            Assert.All(texts, text => Assert.Equal(Parse(text), layout.Parse(Encoding.UTF8.GetBytes(text))));
        });
    }

    private static NodeMeminfo Parse(string text) => NodeMeminfo.Parse(Encoding.UTF8.GetBytes(text));
}
