using System.Text.Json;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Commands;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>
/// Sequences of recordings of real machines in which something was done to them (shared/data: captures/linux-dynamic, both changes.json), an hour
/// apart in a store: blame finds each change that a pinning cannot stand, at the moment it was first seen.
/// </summary>
public sealed class RecordedSequencesTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>
{
    private const string Dynamic = "dynamic-0-boot dynamic-1-node1-cpus-offline dynamic-2-node2-blocks-offline";
    private const string Sparse = "sparse-0-boot sparse-1-nodes-0-1-3 sparse-2-node3-offline sparse-0-boot";

    [Theory]
    [InlineData("cpus", Dynamic, "--pin 0=2 --pin 1=3 --memory-cells 1 --memory 100MiB", 9, 10, "BROKEN", "cpu-offline", "cpu-offline")]
    [InlineData("blocks", Dynamic, "--pin 0=4 --memory-cells 2 --memory 300MiB", 9, 11, "BROKEN", "memory-capacity", "memory-shrunk")]
    [InlineData("less", Dynamic, "--pin 0=4 --memory-cells 2 --memory 50MiB", 9, 11, "DEGRADED", "memory-shrunk", "memory-shrunk")]
    [InlineData("pages", Dynamic, "--pin 0=2 --memory-cells 1 --memory 850MiB", 9, 11, "BROKEN", "memory-capacity", "pages-changed")]
    [InlineData("unplugged", Sparse, "--pin 0=0 --memory-cells 3 --memory 100MiB", 10, 11, "BROKEN", "memory-capacity", "memory-shrunk")]
    [InlineData("lost", Sparse, "--pin 0=0 --memory-cells 3 --memory 100MiB", 10, 12, "BROKEN", "cell-gone", "cell-gone")]
    [InlineData("cut", "numaoff-of-4 numa4-hmat", "--pin 0=0 --pin 1=5 --memory-cells 0 --memory 1500MiB", 9, 10, "BROKEN", "memory-capacity", "cells-per-socket-changed")]
    [InlineData("old", "hwloc/16em64t-4s2c2t hwloc/16em64t-4s2c2t-offlines", "--pin 0=5 --pin 1=13", 9, 10, "BROKEN", "cpu-offline", "cpu-offline")]
    public async Task Blame_finds_what_was_done_to_the_machine(
        string host, string recordings, string pins, int decided, int planted, string verdict, string code, string change)
    {
        await RecordAsync(host, recordings, decided, $"decide --guest {host}-g --host {host} {pins} --by ops --why test");

        var answer = await store.AskAsync($"blame {host}-g --at {At(planted, second: 10)} -o json");

        var item = answer.Item();
        var cause = item.GetProperty("event");
        Assert.Equal((1, verdict), (answer.Code, item.GetProperty("verdict").GetString()));
        Assert.Equal((At(planted), At(planted)), (item.GetProperty("since").GetString(), cause.GetProperty("observedAt").GetString()));
        Assert.Equal(code, item.GetProperty("findings")[0].GetProperty("code").GetString());
        Assert.Contains(change, Names(item));
        var stored = (await store.AskAsync($"history {host} -o json")).Items()
            .Single(one => one.GetProperty("position").GetInt64() == cause.GetProperty("position").GetInt64());
        Assert.Equal((At(planted), cause.GetProperty("type").GetString()), (stored.GetProperty("observedAt").GetString(), stored.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("again", Dynamic, "--pin 0=2 --memory-cells 1 --memory 100MiB", 11)]
    [InlineData("beside", Dynamic, "--pin 0=0 --memory-cells 0 --memory 100MiB", 11)]
    [InlineData("more", Sparse, "--pin 0=0 --memory-cells 0 --memory 100MiB", 10)]
    public async Task What_came_back_or_happened_beside_a_guest_is_blamed_for_nothing(string host, string recordings, string pins, int at)
    {
        await RecordAsync(host, recordings, 9, $"decide --guest {host}-g --host {host} {pins} --by ops --why test");

        var answer = await store.AskAsync($"blame {host}-g --at {At(at, second: 10)} -o json");

        Assert.Equal((0, "FITS"), (answer.Code, answer.Item().GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task Pages_that_were_set_aside_break_a_guest_that_needs_nearly_all_of_a_cell()
    {
        await Typed($"import {Archive("pcp/meminfo-root-002")} --host pcp --at {At(9)}");
        var cell = (await store.AskAsync("cells pcp -o json")).Items()[0];
        var most = (cell.GetProperty("totalKiB").GetInt64() >> 10) - 150;
        await Typed($"decide --guest pcp-g --host pcp --memory-cells 0 --memory {most}MiB --by ops --why test --at {At(9, 10)}");
        await Typed($"import {Archive("pcp/meminfo-root-003")} --host pcp --at {At(10)}");

        var item = (await store.AskAsync($"blame pcp-g --at {At(10, second: 10)} -o json")).Item();

        Assert.Equal(("BROKEN", At(10)), (item.GetProperty("verdict").GetString(), item.GetProperty("event").GetProperty("observedAt").GetString()));
        Assert.Contains("pages-changed", Names(item));
    }

    private async Task RecordAsync(string host, string recordings, int decided, string decision)
    {
        var hour = 9;
        foreach (var name in recordings.Split(' '))
        {
            await Typed($"import {Archive(name)} --host {host} --at {At(hour++)}");
        }

        await Typed($"{decision} --at {At(decided, 10)}");
    }

    private static string Archive(string name) =>
        name.Contains('/') ? SharedData.Require("sysfs", $"{name}.tar.gz") : Repository.At("tests", "Hosts", name, "tree.tar.gz");

    private static IEnumerable<string?> Names(JsonElement item) =>
        item.GetProperty("changes").EnumerateArray().Select(one => one.GetProperty("name").GetString());

    private static string At(int hour, int minute = 0, int second = 0) => TimeText.Utc(new DateTimeOffset(2026, 11, 1, hour, minute, second, TimeSpan.Zero));

    private async Task Typed(string line)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var context = new RecorderContext(
            output, error, Stream.Null, TimeProvider.System, name => name == "NUMAHISTORY_DB" ? History.Keywords(store.ConnectionString) : null, false);
        var code = await RecorderProgram.RunAsync(line.Split(' '), context, TestContext.Current.CancellationToken);
        Assert.True(code == ExitCode.Yes, error.ToString());
    }
}
