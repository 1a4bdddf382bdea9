namespace NumaHistory.Tests.Query.Commands;

public sealed class CpuSetCommandTests
{
    [Fact]
    public async Task One_list_is_printed_in_canonical_form()
    {
        var seen = await Shell.RunAsync(["cpuset", "0-3,8,^2"]);

        Assert.Equal((0, "0-1,3,8\n", ""), (seen.Code, seen.Out, seen.Err));
    }

    [Fact]
    public async Task Lines_are_read_verbatim_and_each_gets_one_line_and_a_bad_one_makes_it_2()
    {
        var seen = await Shell.RunAsync(["cpuset", "--dialect", "taskset", "-"], "0-3\n\n7,x\n1,3-5:2");

        var lines = seen.Out.Split('\n');
        Assert.Equal((2, 5), (seen.Code, lines.Length));
        Assert.Equal(("0-3", "1,3,5", ""), (lines[0], lines[3], lines[4]));
        Assert.StartsWith("!", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_the_machine_says_so()
    {
        var without = await Shell.RunAsync(["cpuset", "--dialect", "xl", "all"]);
        var with = await Shell.RunAsync(["cpuset", "--dialect", "xl", "--cpus", "0-7", "all"]);
        var cells = await Shell.RunAsync(
            ["cpuset", "--dialect", "xl", "--cell", "0=0-3", "--cell", "1=4-7", "nodes:1"]);

        Assert.Equal((2, "!needs --cpus\n"), (without.Code, without.Out));
        Assert.Equal((0, "0-7\n"), (with.Code, with.Out));
        Assert.Equal((0, "4-7\n"), (cells.Code, cells.Out));
    }

    [Fact]
    public async Task JSON_lines_have_the_text_beside_the_answer()
    {
        var seen = await Shell.RunAsync(["cpuset", "-o", "jsonl", "0,1,2"]);

        Assert.Equal("""{"text":"0,1,2","cpus":"0-2","count":3,"error":null}""" + "\n", seen.Out);
    }
}
