using System.Text.Json;
using NumaHistory.PostgresTests.Demo;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Text;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

/// <summary>place --replay on the bundled week: it says at any moment what place --at says of that moment, and adds it up.</summary>
public sealed class PlaceReplayTests(MigratedDatabase store) : IClassFixture<MigratedDatabase>, IAsyncLifetime
{
    private static readonly DateTimeOffset End = Some.Noon.AddDays(1);

    public async ValueTask InitializeAsync() => await store.LoadDemoAsync(End);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("--vcpus 5 --memory 4GiB --cells 1")]
    [InlineData("--vcpus 4 --memory 8GiB --smt isolate --cells 1 --policy pack")]
    [InlineData("--vcpus 2 --memory 4GiB --smt require --near 0000:e1:00.0")]
    public async Task What_it_says_of_a_moment_is_what_place_says_there(string wish)
    {
        var items = (await store.AskAsync($"place {wish} --replay --since -7d -o json", End)).Items();

        // In the middle of stretches longer than an hour the least of the hour is near what place reads.
        foreach (var item in items.Where(item => item.GetProperty("host").ValueKind == JsonValueKind.String))
        {
            foreach (var interval in item.GetProperty("intervals").EnumerateArray())
            {
                var (from, to) = (interval.GetProperty("from").GetDateTimeOffset(), interval.GetProperty("to").GetDateTimeOffset());
                var middle = from + ((to - from) / 2);
                var answer = await store.AskAsync($"place {wish} --host {item.GetProperty("host").GetString()} --at {TimeText.Utc(middle)}", End);
                Assert.True(interval.GetProperty("fits").ValueKind == JsonValueKind.True == (answer.Code == 0), $"{item.GetProperty("host")} at {middle:O}: {interval} {answer.Out}");
            }
        }
    }

    [Fact]
    public async Task Stretches_add_up_to_the_shares_gaps_and_fits_that_are_told()
    {
        var outcome = await store.AskAsync("place --vcpus 2 --memory 8GiB --smt require --cells 1 --replay --since -7d -o json", End);

        var items = outcome.Items();
        Assert.Equal(["demo-a", "demo-b", "demo-c", null], items.Select(item => item.GetProperty("host").GetString()).Order(StringComparer.Ordinal).OrderBy(host => host is null));
        Assert.All(items, item =>
        {
            var known = item.GetProperty("intervals").EnumerateArray().Where(one => one.GetProperty("fits").ValueKind != JsonValueKind.Null).ToList();
            var fits = known.Where(one => one.GetProperty("fits").GetBoolean()).Sum(Seconds);
            Assert.Equal(item.GetProperty("knownSeconds").GetInt64(), known.Sum(Seconds), 1.0);
            Assert.Equal(item.GetProperty("share").GetDouble(), fits / known.Sum(Seconds), 1e-9);
        });
        var switchedOff = items.First(item => item.GetProperty("host").GetString() == "demo-b");
        Assert.False(switchedOff.GetProperty("fits").GetBoolean());
        Assert.Contains("smt-policy", switchedOff.GetProperty("intervals").EnumerateArray().Last().GetProperty("because").EnumerateArray().Select(code => code.GetString()));
        Assert.Contains(switchedOff.GetProperty("intervals").EnumerateArray(), one => one.GetProperty("fits").ValueKind == JsonValueKind.Null
            && one.GetProperty("because")[0].GetString() == "stale");
        Assert.Equal(switchedOff.GetProperty("longestGap").GetProperty("to").GetDateTimeOffset(), End);
    }

    [Theory]
    [InlineData("--vcpus 4 --memory 8GiB --replay --since -7d", 0)]
    [InlineData("--vcpus 4 --memory 8GiB --smt require --host demo-b --replay --since -7d", 1)]
    [InlineData("--vcpus 4 --memory 8GiB --smt require --host demo-b --replay --since -7d --until -6d", 0)]
    [InlineData("--vcpus 400 --memory 8GiB --replay --since -7d", 1)]
    [InlineData("--vcpus 4 --memory 8GiB --replay --since -7d --host demo-z", 4)]
    [InlineData("--vcpus 4 --memory 8GiB --replay --since -1d --until -2d", 2)]
    public async Task The_exit_code_is_that_of_the_end(string words, int code) =>
        Assert.Equal(code, (await store.AskAsync($"place {words} -o jsonl", End)).Code);

    [Fact]
    public async Task The_records_of_a_table_are_its_stretches()
    {
        var csv = (await store.AskAsync("place --vcpus 4 --memory 8GiB --host demo-b --smt require --replay --since -7d -o csv", End)).Out.Split('\n');
        var json = (await store.AskAsync("place --vcpus 4 --memory 8GiB --host demo-b --smt require --replay --since -7d -o json", End)).Item();

        Assert.Equal("host,from,to,fits,because,text", csv[0].TrimEnd('\r'));
        Assert.Equal(json.GetProperty("intervals").GetArrayLength(), csv.Length - 2);
    }

    private static double Seconds(JsonElement interval) =>
        (interval.GetProperty("to").GetDateTimeOffset() - interval.GetProperty("from").GetDateTimeOffset()).TotalSeconds;
}
