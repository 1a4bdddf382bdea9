using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Topology;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

public sealed class PastTests(MigratedStore store) : IClassFixture<MigratedStore>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Three looks an hour apart, the middle one imported last: CPUs 2 and 3 were offline then.
    public async ValueTask InitializeAsync()
    {
        if (await store.AskAsync<long>("select count(*) from numa.host") > 0)
        {
            return;
        }

        var offline = Some.TwoCells() with { Offline = Some.Cpus("2-3") };
        var smaller = Some.TwoCells().With(new MachineCell(1, Some.Cpus("4-7"), 2_097_152, Socket: 1));
        await store.Facts.RecordAsync(Look("db1", Some.TwoCells().Topology(), 0, 3_000_000), Cancel);
        await store.Facts.RecordAsync(Look("db1", smaller.Topology(), 120, 1_000_000), Cancel);
        await store.Facts.RecordAsync(Look("db1", offline.Topology(), 60, 2_000_000), Cancel);
        await store.Facts.RecordAsync(
            Look("old", Some.TwoCells().Topology(), 30, 4) with { MachineId = "5f3a" }, Cancel);
        await store.Facts.RecordAsync(
            Look("web1", Some.TwoCells().Topology(), 40, 4) with { MachineId = "5f3a" }, Cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("2026-11-01T12:00:00Z", "0-3", 4_194_304, 3_000_000)]
    [InlineData("2026-11-01T12:59:59Z", "0-3", 4_194_304, 3_000_000)]
    [InlineData("2026-11-01T13:00:00Z", "0-1", 4_194_304, 2_000_000)]
    [InlineData("2026-11-01T14:00:00Z", "0-3", 2_097_152, 1_000_000)]
    [InlineData("first", "0-3", 4_194_304, 3_000_000)]
    [InlineData("last", "0-3", 2_097_152, 1_000_000)]
    public async Task Any_moment_has_the_cells_that_were_seen_then_late_imports_included(
        string at, string cpus, long total, long free)
    {
        var cells = (await store.AskAsync($"cells db1 -o json --at {at}")).Items();

        Assert.Equal(cpus, cells[0].GetProperty("onlineCpus").GetString());
        Assert.Equal(total, cells[1].GetProperty("totalKiB").GetInt64());
        Assert.Equal(free, cells[1].GetProperty("freeKiB").GetInt64());
        Assert.All(cells, cell => Assert.False(cell.GetProperty("stale").GetBoolean()));
    }

    [Fact]
    public async Task Before_anything_was_recorded_no_guest_was_either()
    {
        var then = await store.AskAsync("fit --known-at 2020-01-01");
        var now = await store.AskAsync("fit");

        Assert.Contains("no guest was recorded by then", then.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("by then", now.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topology_says_from_when_to_when_it_was_in_force()
    {
        var past = (await store.AskAsync("topology db1 -o json --at 2026-11-01T13:20Z")).Item();
        var now = (await store.AskAsync("topology db1 -o json")).Item();

        Assert.Equal("2026-11-01T13:00:00Z", past.GetProperty("since").GetString());
        Assert.Equal("2026-11-01T14:00:00Z", past.GetProperty("until").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, now.GetProperty("until").ValueKind);
    }

    [Fact]
    public async Task Before_the_first_event_nothing_is_known_and_the_answer_is_4()
    {
        var cells = await store.AskAsync("cells db1 --at 2026-11-01T11:59:59Z");
        var hosts = await store.AskAsync("hosts --at 2020-01-01");
        var diff = await store.AskAsync("diff db1 --since 2020-01-01");

        Assert.Equal((4, 4, 4), (cells.Code, hosts.Code, diff.Code));
        Assert.Contains("it was first seen at 2026-11-01T12:00:00Z", cells.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diff_names_what_changed_with_its_proof_and_answers_1()
    {
        var seen = await store.AskAsync("diff db1 --since first --until 2026-11-01T13:30Z -o json");
        var whole = await store.AskAsync("diff db1 --since first -o json");
        var nothing = await store.AskAsync("diff db1 --since last");

        var change = Assert.Single(seen.Item().GetProperty("changes").EnumerateArray());
        Assert.Equal("cpu-offline", change.GetProperty("name").GetString());
        Assert.Equal("cpu 2-3", change.GetProperty("subject").GetString());
        Assert.NotEmpty(change.GetProperty("proof").EnumerateArray());
        var shrunk = Assert.Single(whole.Item().GetProperty("changes").EnumerateArray());
        Assert.Equal("memory-shrunk", shrunk.GetProperty("name").GetString());
        Assert.Equal((1, 1, 0), (seen.Code, whole.Code, nothing.Code));
    }

    [Fact]
    public async Task What_was_recorded_later_is_left_out_by_known_at()
    {
        var before = await store.AskAsync("hosts --known-at 2020-01-01 -o json");
        var position = await store.AskAsync<long>(
            """
            select max(position) from numa.event
            where host = 'db1'
              and position < (select min(position) from numa.event where observed_at = '2026-11-01T13:00Z')
            """);
        var cells = (await store.AskAsync($"cells db1 -o json --at 2026-11-01T13:30Z --known-at #{position}")).Items();

        Assert.Empty(before.Items());
        Assert.Equal("0-3", cells[0].GetProperty("onlineCpus").GetString());
    }

    [Fact]
    public async Task A_host_answers_to_its_name_its_key_and_the_name_it_had()
    {
        var names = new List<string?>();
        foreach (var word in new[] { "web1", "5f3a", "old" })
        {
            names.Add((await store.AskAsync($"topology {word} -o json")).Item().GetProperty("host").GetString());
        }

        Assert.Equal(["web1", "web1", "web1"], names);
    }

    [Theory]
    [InlineData("cells web", 4, "no host 'web'; known are db1, web1")]
    [InlineData("topology", 2, "topology needs a HOST, there are several: db1, web1")]
    [InlineData("cells --at boot", 2, "--at boot needs a HOST")]
    [InlineData("cells db1 --at #999999", 4, "--at #999999: there is no event at this position")]
    [InlineData("cells db1 --cells 0-2", 4, "--cells: there is no cell 2")]
    [InlineData("diff db1 --since last --until first", 2, "--since")]
    public async Task What_is_not_known_is_named_and_answers_so(string line, int code, string message)
    {
        var seen = await store.AskAsync(line);

        Assert.Equal((code, ""), (seen.Code, seen.Out));
        Assert.StartsWith($"numa-history: {message}", seen.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_is_in_order_of_observed_time_without_blocks_unless_they_are_asked_for()
    {
        var events = (await store.AskAsync("history db1 -o json")).Items();
        var blocks = (await store.AskAsync("history db1 --kind memory.block -o json")).Items();
        var newest = (await store.AskAsync("history db1 --kind capacity --limit 1 -o json")).Item();

        var times = events.Select(one => one.GetProperty("observedAt").GetDateTimeOffset()).ToList();
        Assert.Equal(times.Order(), times);
        Assert.DoesNotContain(events, one => one.GetProperty("type").GetString() == EventNames.Of(Block));
        Assert.Equal(3, blocks.Length);
        Assert.Equal("2026-11-01T14:00:00Z", newest.GetProperty("observedAt").GetString());
    }

    [Fact]
    public async Task A_trend_has_a_bucket_where_samples_are_and_none_elsewhere()
    {
        var items = (await store.AskAsync("memory db1 --cells 1 --since first --step 30m -o json")).Items();

        Assert.Equal(
            ["2026-11-01T12:00:00Z 3000000", "2026-11-01T13:00:00Z 2000000", "2026-11-01T14:00:00Z 1000000"],
            items.Select(item => $"{item.GetProperty("from").GetString()} {item.GetProperty("p05").GetInt64()}"));
        Assert.All(items, item => Assert.Equal("raw", item.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task An_import_is_stale_only_at_a_moment_after_the_host_was_last_seen()
    {
        var now = (await store.AskAsync("cells db1 -o json")).Items();
        var later = await store.AskAsync("cells db1 -o json --at 2026-11-01T14:10Z");

        Assert.All(now, cell => Assert.False(cell.GetProperty("stale").GetBoolean()));
        Assert.All(later.Items(), cell => Assert.True(cell.GetProperty("stale").GetBoolean()));
        Assert.Contains("note: db1: the newest sample is of 2026-11-01T14:00:00Z", later.Err, StringComparison.Ordinal);
    }

    private static readonly MemoryBlockRecorded Block = new("", "", default, default, default);

    private static Observation Look(string host, HostTopology topology, double minute, long free) =>
        Some.Look(topology, Some.Minute(minute), host: host) with
        {
            Memory = new ObservedMemory(
                [.. topology.Cells!.Select(cell => new CellMemory(cell.Id, cell.MemoryKiB, free, null))]),
        };
}
