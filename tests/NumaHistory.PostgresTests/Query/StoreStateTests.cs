using NumaHistory.PostgresTests.Support;
using NumaHistory.Schema.Memory;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Query;

public sealed class StoreStateTests(PostgresDatabase empty, MigratedStore store)
    : IClassFixture<PostgresDatabase>, IClassFixture<MigratedStore>
{
    [Fact]
    public async Task A_database_without_the_read_model_answers_6_and_says_what_to_run()
    {
        var seen = await empty.AskAsync("hosts");

        Assert.Equal(6, seen.Code);
        Assert.EndsWith("hint: numa-recorder store migrate\n", seen.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_store_answers_6_and_an_empty_one_0_with_a_note()
    {
        var seen = await store.AskAsync("hosts -o json");
        await store.ExecuteAsync("insert into numa.store_version values (99, 'tomorrow')");
        var newer = await store.AskAsync("hosts");
        await store.ExecuteAsync("delete from numa.store_version where version = 99");

        Assert.Equal((0, 0), (seen.Code, seen.Items().Length));
        Assert.Contains("no host is recorded yet", seen.Err, StringComparison.Ordinal);
        Assert.Equal(6, newer.Code);
        Assert.Contains("read model version 99", newer.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_open_tail_of_a_recorder_is_read_with_the_sealed_blocks()
    {
        var cancel = TestContext.Current.CancellationToken;
        await store.Facts.RecordFactsAsync(Some.Look(Some.TwoCells().Topology(), host: "live"), cancel);
        await store.Memory.WriteTailAsync("live", "sysfs", Block(0, 10), cancel);

        var memory = (await store.AskAsync("memory live --cells 0 --since 2026-11-01 -o json")).Item();
        var past = (await store.AskAsync("cells live --at 2026-11-01T12:05:05Z -o json")).Items();
        var now = await store.AskAsync("cells live");

        Assert.Equal(11, memory.GetProperty("samples").GetInt32());
        Assert.Equal(1005, past[0].GetProperty("freeKiB").GetInt64());
        Assert.Contains("though one was due every 1m", now.Err, StringComparison.Ordinal);
        await store.ExecuteAsync("delete from numa.memory_tail; delete from numa.cell_now; delete from numa.host");
    }

    private static MemoryBlock Block(int first, int last) => new(
        null,
        null,
        null,
        null,
        TimeSpan.FromMinutes(1),
        [
            .. Enumerable.Range(first, last - first + 1).Select(minute => new MemorySample(
                Some.Minute(minute),
                [new CellMemory(0, 4_194_304, 1000 + minute, 5), new CellMemory(1, 4_194_304, 2000, 5)])),
        ]);
}
