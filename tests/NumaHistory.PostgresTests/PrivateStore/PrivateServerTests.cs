using Npgsql;
using NumaHistory.Recorder.PrivateStore;
using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.PostgresTests.PrivateStore;

public sealed class PrivateServerTests(PrivateFolder folder) : IClassFixture<PrivateFolder>
{
    [Fact]
    public async Task A_started_server_stays_until_it_is_stopped()
    {
        var connection = await folder.StartAsync();
        var running = await folder.StatusAsync();
        var again = await folder.StartAsync();
        var stopped = await folder.Server().StopAsync(CancellationToken.None);
        var after = await folder.StatusAsync();

        Assert.True(running.Running);
        Assert.Equal(connection, again);
        Assert.Equal(
            connection, PrivateStoreFile.ToNpgsql(await File.ReadAllTextAsync(folder.Place.File), folder.Place));
        Assert.Contains(connection, folder.Migrated);
        Assert.True(stopped);
        Assert.Equal((false, null), (after.Running, after.Pid));
        Assert.Equal(running.Connection, after.Connection);
        Assert.False(await folder.Server().StopAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_held_server_ends_with_its_last_holder_and_keeps_what_was_written()
    {
        await using (var first = await folder.HoldAsync())
        {
            await using var second = await folder.HoldAsync();
            await ExecuteAsync(first.Connection, "create table if not exists kept as select 1 as one");
            await first.DisposeAsync();

            Assert.True((await folder.StatusAsync()).Running);
        }

        Assert.Null(RunningServer.Find(folder.Place.Data));
        await using var later = await folder.HoldAsync();
        Assert.Equal(1, await ExecuteAsync(later.Connection, "select one from kept"));
    }

    [Fact]
    public async Task A_server_that_was_started_to_stay_survives_its_users()
    {
        await folder.StartAsync();
        await using (await folder.HoldAsync())
        {
        }

        var status = await folder.StatusAsync();

        Assert.True(status.Running);
        Assert.True(await folder.Server().StopAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_held_server_is_not_stopped_under_its_holder_but_can_be_made_to_stay()
    {
        await using (await folder.HoldAsync())
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => folder.Server().StopAsync(CancellationToken.None));
            await folder.StartAsync();

            Assert.Contains("numa-recorder up", refusal.Message, StringComparison.Ordinal);
        }

        Assert.True((await folder.StatusAsync()).Running);
        Assert.True(await folder.Server().StopAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Starts_at_the_same_time_end_up_with_one_server()
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => folder.StartAsync()));

        Assert.Single(connections.Distinct());
        Assert.True(await folder.Server().StopAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_crash_leaves_files_that_the_next_start_gets_over_even_where_the_process_number_is_taken()
    {
        await folder.StartAsync();
        var crashed = RunningServer.Find(folder.Place.Data)!.Value;
        Unix.Signal(crashed, 9);
        await folder.GoneAsync();
        var file = Path.Combine(folder.Place.Data, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file);
        await File.WriteAllLinesAsync(file, lines.Skip(1).Prepend($"{Environment.ProcessId}"));

        await folder.StartAsync();

        Assert.True((await folder.StatusAsync()).Running);
        Assert.True(await folder.Server().StopAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_half_made_cluster_is_made_anew()
    {
        await using var own = new PrivateFolder();
        Directory.CreateDirectory(Path.Combine(own.Place.State, "data.new", "base"));

        await own.StartAsync();

        Assert.True((await own.StatusAsync()).Running);
        Assert.False(Directory.Exists(Path.Combine(own.Place.State, "data.new")));
    }

    [Fact]
    public async Task A_folder_too_deep_for_a_socket_or_with_odd_letters_works()
    {
        await using var own = new PrivateFolder();
        own.Home = Path.Combine(own.Home, $"it's, {new string('d', 120)}");

        var connection = await own.StartAsync();

        Assert.Equal(7, await ExecuteAsync(connection, "select 7"));
        Assert.StartsWith("/tmp/numahistory-", (await own.StatusAsync()).Socket, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_of_another_version_is_refused_and_left_alone()
    {
        await using var own = new PrivateFolder();
        Directory.CreateDirectory(own.Place.Data);
        await File.WriteAllTextAsync(Path.Combine(own.Place.Data, "PG_VERSION"), "99\n");

        var refusal = await Assert.ThrowsAsync<Refusal>(own.StartAsync);

        Assert.Equal(ExitCode.StoreUnreachable, refusal.Code);
        Assert.Contains("was made by PostgreSQL 99", refusal.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(own.Place.Data));
    }

    [Fact]
    public async Task A_missing_server_is_told_as_such_and_not_as_an_address()
    {
        await using var own = new PrivateFolder();
        var missing = NpgsqlText.Of(PrivateStoreFile.Parameters(own.Place.SocketFolder), "test");

        var failure = await Assert.ThrowsAsync<NpgsqlException>(() => ExecuteAsync(missing, "select 1"));

        var refusal = ConnectionFailure.Explain(failure);
        Assert.Equal(ExitCode.StoreUnreachable, refusal?.Code);
        Assert.Contains("socket is not there", refusal?.Message, StringComparison.Ordinal);
    }

    private static async Task<object?> ExecuteAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        return await command.ExecuteScalarAsync();
    }
}
