using System.Text.Json;
using NumaHistory.PostgresTests.Query;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Demo;

/// <summary>The bundled week with hosts as they would be: what if a cell, a thread, memory or a whole host were gone.</summary>
public sealed class HypotheticalTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset End = Some.Noon.AddDays(1);

    public async ValueTask InitializeAsync() => await store.LoadDemoAsync(End);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("", "FITS", null)]
    [InlineData("--without-cell 0", "BROKEN", "cpu-gone")]
    [InlineData("--without-cell 3", "FITS", null)]
    [InlineData("--without-cpus 1", "BROKEN", "cpu-gone")]
    [InlineData("--smt off", "DEGRADED", "smt-changed")]
    [InlineData("--memory 0=8GiB", "BROKEN", "memory-capacity")]
    [InlineData("--memory 0=8GiB --memory 1=1TiB", "BROKEN", "memory-capacity")]
    public async Task A_guest_is_judged_on_the_host_as_it_would_be(string edits, string verdict, string? code)
    {
        var item = (await AskAsync($"fit web01 {edits} -o json")).Item();

        Assert.Equal(verdict, item.GetProperty("verdict").GetString());
        Assert.Equal(code, item.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("verdict").GetString() != "INFO")
            .Select(finding => finding.GetProperty("code").GetString()).FirstOrDefault());
    }

    [Theory]
    [InlineData("fit web01 --without-cell 9", 4, "demo-a has no cell 9")]
    [InlineData("fit web01 --memory file.json", 2, "goes with --domain")]
    [InlineData("fit web01 --smt on", 2, "is not off")]
    [InlineData("fit --without-host demo-a", 2, "goes with --matrix")]
    [InlineData("fit --matrix --replay --since -1d", 2, "leave the other out")]
    public async Task What_makes_no_sense_is_refused_with_its_place(string line, int code, string words)
    {
        var outcome = await AskAsync(line);

        Assert.Equal(code, outcome.Code);
        Assert.Contains(words, outcome.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_matrix_says_on_every_host_what_fit_says_there()
    {
        var outcome = await AskAsync("fit --matrix -o json");
        var items = outcome.Items();

        Assert.Equal((1, 8), (outcome.Code, items.Length));
        foreach (var verdict in items.SelectMany(item => item.GetProperty("verdicts").EnumerateArray(), (item, one) => (Guest: item.GetProperty("guest").GetString(), One: one)))
        {
            var situation = verdict.One.GetProperty("situation").GetString();
            var alone = (await AskAsync($"fit {verdict.Guest} --host {verdict.One.GetProperty("host").GetString()} --situation {situation} -o json")).Item();
            Assert.Equal(alone.GetProperty("verdict").GetString(), verdict.One.GetProperty("verdict").GetString());
            Assert.Equal(Codes(alone), verdict.One.GetProperty("codes").EnumerateArray().Select(code => code.GetString()));
        }
    }

    [Fact]
    public async Task The_guests_of_a_host_that_died_are_asked_for_on_all_others()
    {
        var items = (await AskAsync("fit --matrix --without-host demo-a -o json")).Items();

        Assert.Equal(["big01", "web01", "web02"], items.Select(item => item.GetProperty("guest").GetString()));
        Assert.All(items, item => Assert.Equal(["demo-b", "demo-c"], item.GetProperty("verdicts").EnumerateArray().Select(one => one.GetProperty("host").GetString())));
    }

    private Task<History.Outcome> AskAsync(string line) => store.AskAsync(line, End);

    private static IEnumerable<string?> Codes(JsonElement report) => report.GetProperty("findings").EnumerateArray()
        .Where(finding => finding.GetProperty("verdict").GetString() != "INFO").Select(finding => finding.GetProperty("code").GetString()).Distinct();
}
