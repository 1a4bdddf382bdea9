using Npgsql;
using NumaHistory.PostgresTests.Support;
using NumaHistory.Tests.Support;

namespace NumaHistory.PostgresTests.Journal;

/// <summary>A connection that dies in the middle of a look.</summary>
public sealed class BrokenOffTests(MigratedStore store) : IClassFixture<MigratedStore>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_look_whose_connection_is_killed_half_way_leaves_nothing_and_is_recorded_the_next_time()
    {
        var look = FactJournalTests.Look("cut", Some.TwoCells().Topology(), 0);
        await using var blocker = await store.Source.OpenConnectionAsync(Cancel);
        await using var transaction = await blocker.BeginTransactionAsync(Cancel);
        await RunAsync(blocker, "lock table numa.block in exclusive mode");
        var recording = store.Facts.RecordAsync(look, Cancel);

        // It has appended its facts and waits for the table of its sample. (Asked outside the transaction: inside it the answer
        // would stay what it was first.)
        while (!recording.IsCompleted && await store.AskAsync<long>(Waiting("count(*)")) == 0)
        {
            await Task.Yield();
        }

        await store.AskAsync<long>(Waiting("count(pg_terminate_backend(pid))"));
        await Assert.ThrowsAnyAsync<Exception>(() => recording);
        await transaction.RollbackAsync(Cancel);
        var left = await store.AskAsync<long>("""
            select (select count(*) from history.mt_events where type <> 'tombstone') + (select count(*) from numa.host)
                 + (select count(*) from numa.fact) + (select count(*) from numa.stream) + (select count(*) from numa.cell_now)
            """);
        var again = await store.Facts.RecordAsync(look, Cancel);

        Assert.Equal(0, left);
        Assert.Equal(3, again.Facts.Count);
    }

    private static string Waiting(string what) =>
        $"select {what} from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()";

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
