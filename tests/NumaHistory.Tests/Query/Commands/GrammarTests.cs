using NumaHistory.Tests.Support;

namespace NumaHistory.Tests.Query.Commands;

public sealed class GrammarTests
{
    [Theory]
    [InlineData("", "no verb is given")]
    [InlineData("cels", "'cels' is no verb\nhint: did you mean cells?")]
    [InlineData("cells --clels 0", "'--clels' is no option of cells\nhint: did you mean --cells?")]
    [InlineData("cells h1 h2", "'h2' is one argument too many for cells")]
    [InlineData("topology --draw -o json h1", "--draw is a picture")]
    [InlineData("cells -o xml", "-o xml: cells has no XML form")]
    [InlineData("cells -o yaml", "-o: 'yaml' is not a format")]
    [InlineData("cells --at", "--at needs a value")]
    [InlineData("cells --at soon", "--at: 'soon' is not a moment")]
    [InlineData("cells --at now --at now", "--at is given more than once")]
    [InlineData("cells --timeout 5", "--timeout: '5' is not a duration")]
    [InlineData("cells --tz Nowhere/At-All", "--tz: 'Nowhere/At-All' is not a time zone")]
    [InlineData("cells --color blue", "--color: 'blue' is not auto, always or never")]
    [InlineData("diff h1", "diff needs --since")]
    [InlineData("memory h1", "memory needs --since")]
    [InlineData("cpuset", "cpuset needs TEXT")]
    [InlineData("cpuset --dialect libvert 0", "--dialect: 'libvert' is no dialect")]
    [InlineData("cpuset --cell 0 0", "--cell: '0' is not ID=LIST")]
    [InlineData("hosts --db postgresql://me:secret@db/numa", "--db holds a password")]
    [InlineData("help nothing", "there is no topic 'nothing'")]
    [InlineData("completion powershell", "'powershell' is no shell")]
    public async Task What_is_typed_wrong_is_named_on_stderr_and_answers_2(string line, string message)
    {
        var seen = await Shell.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (seen.Code, seen.Out));
        Assert.StartsWith($"numa-history: {message}", seen.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", seen.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", seen.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory h1 --since -1h --step 0s", "--step: 0s is not between")]
    [InlineData("memory h1 --since -1h --agg avg,median", "--agg: 'median' is no figure")]
    [InlineData("history --kind topology.observd", "--kind: 'topology.observd' is no kind of event")]
    [InlineData("history --limit few", "--limit: 'few' is not a number of events")]
    [InlineData("cells --cells 3-1", "--cells: ")]
    public async Task A_bad_value_is_named_before_the_store_is_asked(string line, string message)
    {
        var seen = await Shell.RunAsync(line.Split(' '), isRoot: true);

        Assert.Equal(2, seen.Code);
        Assert.StartsWith($"numa-history: {message}", seen.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cells -- --odd-name")]
    [InlineData("cells --at @1777636800")]
    [InlineData("cells --at -2h -qv")]
    [InlineData("--at -PT2H hosts -o json")]
    public async Task Words_that_look_like_options_are_taken_where_they_are_meant(string line)
    {
        var seen = await Shell.RunAsync(line.Split(' '), isRoot: true);

        Assert.Equal(3, seen.Code);
        Assert.Contains("hint: start one: numa-recorder up", seen.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_shows_every_verb() => Snapshot.Matches((await Shell.RunAsync(["help"])).Out);

    [Theory]
    [InlineData("time")]
    [InlineData("size")]
    [InlineData("cpulist")]
    [InlineData("exit-codes")]
    [InlineData("json")]
    [InlineData("store")]
    [InlineData("cells")]
    public async Task Help_on_a_topic_or_verb_is_data_on_stdout(string topic)
    {
        var seen = await Shell.RunAsync(["help", topic]);

        Assert.Equal((0, ""), (seen.Code, seen.Err));
        Assert.True(seen.Out.Split('\n').Length > 3 && seen.Out.Split('\n').All(line => line.Length <= 120));
    }

    [Fact]
    public async Task The_completion_that_shells_ask_for_names_the_verbs()
    {
        var seen = await Shell.RunAsync(["[suggest:14]", "numa-history c"]);

        Assert.Equal((0, "cells,completion,cpuset"), (seen.Code, string.Join(',', seen.Out.Split('\n').Take(3))));
    }
}
