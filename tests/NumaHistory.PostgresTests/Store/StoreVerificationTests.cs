using NumaHistory.PostgresTests.Journal;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Recorder.Store;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Store;

/// <summary>One store per test, since each breaks its own.</summary>
public sealed class StoreVerificationTests(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly MigratedStore _store = new(cluster);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _store.InitializeAsync();
        foreach (var minute in Enumerable.Range(0, 6))
        {
            var topology = (minute % 2 == 0 ? Some.TwoCells() : Some.ThreeCells()).Topology();
            await _store.Facts.RecordAsync(FactJournalTests.Look("h1", topology, minute), Cancel);
        }
    }

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_store).DisposeAsync();

    [Fact]
    public async Task A_store_nobody_touched_is_whole()
    {
        var (events, breaches) = await new StoreVerification(_store.Source).RunAsync(Cancel);

        Assert.Empty(breaches);
        Assert.Equal(await _store.AskAsync<long>("select count(*) from numa.event"), events);
    }

    [Theory]
    [InlineData("update history.mt_events set data = jsonb_set(data, '{name}', '\"other\"') where type = 'host.booted'")]
    [InlineData("update history.mt_events set data = jsonb_set(data, '{observedAt}', '\"2020-01-01T00:00:00Z\"') where seq_id = (select max(seq_id) from history.mt_events where type = 'capacity.observed')")]
    [InlineData("update history.mt_events set user_name = 'somebody' where type = 'host.booted'")]
    [InlineData("update history.mt_events set timestamp = timestamp - interval '1 day' where type = 'host.booted'")]
    [InlineData("update history.mt_events set headers = headers || '{\"databaseUser\":\"x\"}' where seq_id = (select max(seq_id) from history.mt_events where type = 'capacity.observed')")]
    [InlineData("delete from history.mt_events where seq_id = (select min(seq_id) from history.mt_events where type = 'topology.observed')")]
    [InlineData("delete from history.mt_events where seq_id = (select max(seq_id) from history.mt_events where type = 'capacity.observed')")]
    [InlineData("delete from history.mt_events where type = 'memory.block' and seq_id = (select min(seq_id) from history.mt_events where type = 'memory.block')")]
    [InlineData("delete from history.mt_events where stream_id = (select stream_id from numa.stream where key = 'host/h1')")]
    [InlineData("with gone as (delete from history.mt_events where stream_id = (select stream_id from numa.stream where key = 'host/h1')) delete from numa.stream where key = 'host/h1'")]
    [InlineData("update history.mt_events set bdata = substring(bdata from 1 for length(bdata) - 1) where type = 'memory.block'")]
    [InlineData("update history.mt_events a set data = b.data from history.mt_events b where a.type = 'topology.observed' and b.type = 'topology.observed' and a.stream_id = b.stream_id and a.data <> b.data")]
    public async Task A_row_edited_removed_or_put_elsewhere_is_found(string deed)
    {
        await _store.ExecuteAsync(deed);

        var (_, breaches) = await new StoreVerification(_store.Source).RunAsync(Cancel);

        Assert.NotEmpty(breaches);
    }

    [Fact]
    public async Task Rebuilding_does_not_make_an_edited_block_good()
    {
        await _store.ExecuteAsync("""
            update history.mt_events a set bdata = b.bdata from history.mt_events b
            where a.seq_id = (select min(seq_id) from history.mt_events where type = 'memory.block')
              and b.seq_id = (select max(seq_id) from history.mt_events where type = 'memory.block')
            """);

        await new StoreRebuild(_store.Source).RunAsync(Cancel);

        var (_, breaches) = await new StoreVerification(_store.Source).RunAsync(Cancel);
        Assert.Equal("the block was edited", Assert.Single(breaches).What);
    }

    [Fact]
    public async Task Two_events_that_changed_places_are_found()
    {
        await _store.ExecuteAsync("update history.mt_events set version = -version where type <> 'memory.block' and version in (2, 3)");
        await _store.ExecuteAsync("update history.mt_events set version = 5 + version where version < 0");

        var (_, breaches) = await new StoreVerification(_store.Source).RunAsync(Cancel);

        Assert.Equal("host/h1", Assert.Single(breaches).Stream);
    }
}
