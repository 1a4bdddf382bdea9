using System.Diagnostics;
using Npgsql;
using NumaHistory.Recorder.PrivateStore;
using NumaHistory.Schema.Text;

namespace NumaHistory.PostgresTests.PrivateStore;

/// <summary>A private store of its own per test, in a folder that is gone afterwards.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PrivateServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("numahistory-private-");
    private readonly List<string> _notes = [];

    public PrivateServerTests() =>
        // Root's server runs as another user, who has to get through.
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "numahistory", "data");

    [Fact]
    public async Task A_held_store_answers_while_it_is_held_and_leaves_no_process()
    {
        var held = await Server().HoldAsync(NothingToMigrate, Cancel);

        Assert.Equal(42, await AskAsync(held.Connection));
        await held.DisposeAsync();
        Assert.Null(RunningServer.Find(Data));
    }

    [Fact]
    public async Task A_store_that_was_started_stays_until_it_is_stopped_and_keeps_what_it_was_given()
    {
        var connection = await Server().StartAsync(NothingToMigrate, Cancel);
        await AskAsync(connection, "create table kept as select 42 as answer");
        await using (await Server().HoldAsync(NothingToMigrate, Cancel))
        {
        }

        Assert.True((await Server().StatusAsync(Cancel)).Running);
        Assert.True(await Server().StopAsync(Cancel));
        Assert.False((await Server().StatusAsync(Cancel)).Running);
        await using var again = await Server().HoldAsync(NothingToMigrate, Cancel);
        Assert.Equal(42, await AskAsync(again.Connection, "select answer from kept"));
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_is_no_obstacle()
    {
        var deep = Path.Combine(_folder.FullName, new string('d', 120));

        await using var held = await Server(deep).HoldAsync(NothingToMigrate, Cancel);

        Assert.Equal(42, await AskAsync(held.Connection));
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_refused_with_the_version_it_needs()
    {
        await using (await Server().HoldAsync(NothingToMigrate, Cancel))
        {
        }

        await File.WriteAllTextAsync(Path.Combine(Data, "PG_VERSION"), "9\n", Cancel);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => Server().HoldAsync(NothingToMigrate, Cancel));
        Assert.Equal(ExitCode.StoreUnreachable, refusal.Code);
        Assert.Contains("PostgreSQL 9", refusal.Message);
        Assert.NotNull(refusal.Hint);
    }

    [Fact]
    public async Task A_recorder_killed_without_a_word_leaves_no_server_and_a_store_that_starts_again()
    {
        using var recorder = Process.Start(new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "numa-recorder.dll"), "up", "--every", "1s"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["XDG_STATE_HOME"] = _folder.FullName, ["NUMAHISTORY_DB"] = null },
        })!;
        // The first line of the table: something has been recorded and read back.
        Assert.NotNull(await recorder.StandardOutput.ReadLineAsync(Cancel));

        recorder.Kill();
        await recorder.WaitForExitAsync(Cancel);
        while (RunningServer.Find(Data) is not null)
        {
            await Task.Delay(25, Cancel);
        }

        await using var held = await Server().HoldAsync(NothingToMigrate, Cancel);
        Assert.Equal(1L, await AskAsync(held.Connection, "select count(*) from numa.host"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task NothingToMigrate(string connection, CancellationToken cancel) => Task.CompletedTask;

    private static async Task<object?> AskAsync(string connection, string sql = "select 42")
    {
        await using var asked = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await asked.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, asked);
        return await command.ExecuteScalarAsync(Cancel);
    }

    private PrivateServer Server(string? state = null) => new(
        name => name == "XDG_STATE_HOME" ? state ?? _folder.FullName : Environment.GetEnvironmentVariable(name),
        Unix.User,
        _notes.Add,
        TimeProvider.System);
}
