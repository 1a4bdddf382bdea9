using Npgsql;

namespace NumaHistory.Recorder.Journal;

/// <summary>
/// One writer per host at a time, whatever its source: an advisory lock that goes with the transaction. All sources of a host
/// write the same stream and rows; without it two of them could wait for each other.
/// </summary>
internal static class HostLock
{
    /// <summary>Takes the lock of the host that $1 names.</summary>
    public const string Take = "pg_advisory_xact_lock(hashtextextended('numahistory/host/' || $1, 0))";

    public static async Task TakeAsync(NpgsqlTransaction transaction, string host, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {Take}", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = host } },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
