using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Text;

public sealed class TableTests
{
    private static readonly Table Cells = new Table(
            "host", "cell", "cpus", Column.Right("free"), Column.Right("age"), "guests")
        .Row("kvm01", 0, CpuSet.Range(0, 3), MemorySize.Human(1803344), "4s", "web01,web02")
        .Row("kvm01", 11, CpuSet.Empty, null, null, "")
        .Row("a-host-with-a-long-name", 2, CpuSet.Parse("4-7,12"), MemorySize.Human(67108864), "12s", "db01");

    [Fact]
    public void Cells_line_up_under_their_headers() => Snapshot.Matches(Cells.ToString());

    [Fact]
    public void Scripts_get_rows_only()
    {
        using var text = new StringWriter();

        Cells.Write(text, headers: false);

        Snapshot.Matches(text.ToString());
    }

    [Fact]
    public void Wide_and_combining_characters_take_the_columns_they_show()
    {
        var table = new Table("guest", "vcpus").Row("日本語", 4).Row("cafe\u0301", 16).Row("plain", 2);

        Snapshot.Matches(table.ToString());
    }

    [Fact]
    public void Foreign_text_cannot_steer_the_terminal()
    {
        var table = new Table("guest", "why")
            .Row("web\u001b[2J01", "line\nbreak").Row("a\u202eb", "tab\there").Row("\ud800x", "\u009b1m");

        Snapshot.Matches(table.ToString());
    }

    [Fact]
    public void Long_lines_are_never_wrapped()
    {
        var table = new Table("cpus", "why").Row(new string('7', 500), "x");

        Assert.Equal(2, table.ToString().Count(c => c == '\n'));
    }

    [Fact]
    public void An_empty_table_is_its_headers_or_nothing()
    {
        using var bare = new StringWriter();
        var table = new Table("host", "cells");

        table.Write(bare, headers: false);

        Assert.Equal("HOST  CELLS\n", table.ToString());
        Assert.Equal("", bare.ToString());
    }

    [Fact]
    public void A_row_of_another_length_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => new Table("host").Row("a", "b"));
}
