using Npgsql;

namespace NumaHistory.PostgresTests.Support;

public sealed class PostgresDatabaseTests(PostgresDatabase database, PostgresCluster cluster) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task A_class_gets_a_server_of_version_15_or_newer_that_runs_plpgsql()
    {
        await database.ExecuteAsync("create function pg_temp_answer() returns int language plpgsql as 'begin return 42; end'");

        Assert.Equal(42, await database.AskAsync<int>("select pg_temp_answer()"));
        Assert.True(await database.AskAsync<int>("select current_setting('server_version_num')::int") >= 150000);
    }

    [Fact]
    public async Task A_template_is_prepared_once_and_every_copy_is_its_own()
    {
        var prepared = 0;
        var first = await cluster.CreateAsync("harness", Prepare, TestContext.Current.CancellationToken);
        await Run(first, "update answer set value = 43");
        var second = await cluster.CreateAsync("harness", Prepare, TestContext.Current.CancellationToken);

        var seen = (await Run(first, "select value from answer"), await Run(second, "select value from answer"));
        await cluster.DropAsync(first, TestContext.Current.CancellationToken);
        await cluster.DropAsync(second, TestContext.Current.CancellationToken);

        Assert.Equal((43, 42), seen);
        Assert.Equal(1, prepared);

        Task Prepare(string connection)
        {
            prepared++;
            return Run(connection, "create table answer as select 42 as value");
        }
    }

    [Fact]
    public async Task A_dropped_database_is_gone_even_while_somebody_is_connected()
    {
        var doomed = await cluster.CreateAsync(null, null, TestContext.Current.CancellationToken);
        await using var connected = new NpgsqlConnection(doomed);
        await connected.OpenAsync(TestContext.Current.CancellationToken);

        await cluster.DropAsync(doomed, TestContext.Current.CancellationToken);

        var name = new NpgsqlConnectionStringBuilder(doomed).Database;
        Assert.False(await database.AskAsync<bool>($"select exists (select from pg_database where datname = '{name}')"));
    }

    private static async Task<int?> Run(string connection, string sql)
    {
        await using var opened = new NpgsqlConnection(connection);
        await opened.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, opened);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as int?;
    }
}
