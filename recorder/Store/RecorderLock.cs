using Npgsql;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Store;

/// <summary>
/// The right to sample one host through one source into a store: an advisory lock that lives as long as its connection. Two
/// such samplers would take turns overwriting each other's open block.
/// </summary>
internal sealed class RecorderLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private RecorderLock(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Takes the right; refuses when another recorder has it.</summary>
    public static async Task<RecorderLock> TakeAsync(string connection, string what, string host, CancellationToken cancel)
    {
        // A pooled connection would keep the lock after it is closed; keepalives make the server notice a recorder that vanished.
        var own = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, KeepAlive = 0, TcpKeepAlive = true };
        var held = new NpgsqlConnection(own.ConnectionString);
        try
        {
            await held.OpenAsync(cancel);
            await using var command = new NpgsqlCommand(
                "select pg_try_advisory_lock(hashtextextended('numahistory/recorder/' || $1, 0))", held)
            {
                Parameters = { new() { Value = what } },
            };
            if (await command.ExecuteScalarAsync(cancel) is true)
            {
                return new RecorderLock(held);
            }

            throw new Refusal(
                ExitCode.StoreUnreachable,
                $"another recorder samples {host} into this store",
                "stop it first, or give this one another store with --db");
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
