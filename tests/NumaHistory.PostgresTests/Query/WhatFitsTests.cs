using NumaHistory.PostgresTests.Demo;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>what-fits on the bundled week: the largest guests fit, and none that is larger.</summary>
public sealed class WhatFitsTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset End = Some.Noon.AddDays(1);

    public async ValueTask InitializeAsync() => await store.LoadDemoAsync(End);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("demo-a")]
    [InlineData("demo-b")]
    [InlineData("demo-c")]
    public async Task The_largest_guest_of_each_shape_can_be_placed_and_a_larger_one_can_not(string host)
    {
        var outcome = await AskAsync($"what-fits {host} -o json");

        var items = outcome.Items();
        Assert.Equal((0, 9), (outcome.Code, items.Length));
        var fitting = items.Where(item => item.GetProperty("vcpus").GetInt32() > 0).ToList();
        Assert.True(fitting.Count > 3, outcome.Out);
        foreach (var item in fitting)
        {
            var (cells, vcpus) = (item.GetProperty("cells").GetInt32(), item.GetProperty("vcpus").GetInt32());
            var mib = item.GetProperty("memoryKiB").GetInt64() >> 10;
            var words = $"--host {host} --cells {cells} --cpu {item.GetProperty("cpu").GetString()}"
                + (item.GetProperty("smt").GetString() is { } smt ? $" --smt {smt}" : "")
                + (item.GetProperty("pageSizeKiB") is { ValueKind: System.Text.Json.JsonValueKind.Number } size ? $" --hugepages {size.GetInt64()}KiB" : "");
            var step = item.GetProperty("pageSizeKiB") is { ValueKind: System.Text.Json.JsonValueKind.Number } page ? page.GetInt64() >> 10 : 2;

            Assert.Equal((words, 0), (words, await PlaceAsync(words, vcpus, mib)));
            Assert.Equal((words, 1), (words, await PlaceAsync(words, vcpus + 1, step * cells)));
            Assert.Equal((words, 1), (words, await PlaceAsync(words, vcpus, mib + (step * cells))));
        }

        Assert.All(items.Where(item => item.GetProperty("vcpus").GetInt32() == 0), item => Assert.NotNull(item.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("demo-a", "2 cells", 9)]
    [InlineData("demo-b", "4 cells", 7)]
    public async Task Cells_of_a_guest_may_differ_by_a_vCPU(string host, string shape, int least)
    {
        var item = Assert.Single((await AskAsync($"what-fits {host} -o json")).Items(), item => item.GetProperty("shape").GetString() == shape);

        Assert.InRange(item.GetProperty("vcpus").GetInt32(), least, 100);
    }

    [Fact]
    public async Task Without_a_host_each_tells_its_room_and_how_scattered_it_is()
    {
        var items = (await AskAsync("what-fits -o json")).Items();

        Assert.Equal(["demo-a", "demo-b", "demo-c"], items.Select(item => item.GetProperty("host").GetString()));
        foreach (var item in items)
        {
            var (free, most) = (item.GetProperty("freeCpus").GetInt32(), item.GetProperty("vcpus").GetInt32());
            Assert.InRange(most, 1, free);
            Assert.Equal(1 - ((double)most / free), item.GetProperty("fragmentation").GetDouble(), 3);
        }
    }

    [Fact]
    public async Task Tables_and_lines_hold_the_same()
    {
        var lines = (await AskAsync("what-fits demo-a -o jsonl")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var csv = (await AskAsync("what-fits demo-a -o csv")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var table = (await AskAsync("what-fits demo-a")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var fleet = (await AskAsync("what-fits")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal((9, 10, 10, 4), (lines.Length, csv.Length, table.Length, fleet.Length));
        Assert.StartsWith("1 cell", table[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_host_that_nobody_knows_and_one_that_is_silent_it_is_said()
    {
        var unknown = await AskAsync("what-fits demo-x");
        var silent = (await store.AskAsync($"what-fits demo-a --at {TimeText.Utc(End.AddDays(3))} -o json", End.AddDays(3))).Items();

        var room = await store.AskAsync($"what-fits --at {TimeText.Utc(End.AddDays(3))}", End.AddDays(3));

        Assert.Equal(4, unknown.Code);
        Assert.All(silent, item => Assert.All(["vcpus", "memoryKiB", "mostMemoryKiB", "hostCells"], name => Assert.Equal(
            System.Text.Json.JsonValueKind.Null, item.GetProperty(name).ValueKind)));
        Assert.StartsWith("demo-a ? ? ? ? ? ", string.Join(' ', room.Out.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.All(silent, item => Assert.Contains("too old to judge by", item.GetProperty("reason").GetString(), StringComparison.Ordinal));
    }

    private async Task<int> PlaceAsync(string words, int vcpus, long mib) => (await AskAsync($"place {words} --vcpus {vcpus} --memory {mib}MiB -o json")).Code;

    private Task<History.Outcome> AskAsync(string line) => store.AskAsync(line, End);
}
