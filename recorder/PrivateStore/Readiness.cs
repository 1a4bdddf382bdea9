using Npgsql;
using NumaHistory.Schema.Connecting;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>Whether a private server takes connections, and its database.</summary>
internal static class Readiness
{
    public static async Task<Answer> AskAsync(string socketFolder, CancellationToken cancel)
    {
        try
        {
            await using var connection = await OpenAsync(socketFolder, cancel);
            return Answer.Ready;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return Answer.NotNow;
        }
        catch (NpgsqlException)
        {
            return Answer.Nobody;
        }
    }

    /// <summary>The store's database; a crash between initdb and this leaves a cluster without it.</summary>
    public static async Task CreateDatabaseAsync(string socketFolder, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(socketFolder, cancel);
        await using var ask = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
        ask.Parameters.Add(new NpgsqlParameter { Value = PrivateStorePlace.Name });
        if (await ask.ExecuteScalarAsync(cancel) is null)
        {
            await using var create = new NpgsqlCommand($"create database {PrivateStorePlace.Name}", connection);
            await create.ExecuteNonQueryAsync(cancel);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(string socketFolder, CancellationToken cancel)
    {
        var parameters = new Dictionary<string, string>(PrivateStoreFile.Parameters(socketFolder))
        {
            ["dbname"] = "postgres",
        };
        var connection = new NpgsqlConnection(NpgsqlText.Of(parameters, "private store") + ";Pooling=false");
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
