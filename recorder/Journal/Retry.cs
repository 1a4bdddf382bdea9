using Marten.Exceptions;
using Npgsql;

namespace NumaHistory.Recorder.Journal;

/// <summary>Runs a transaction again where another writer was faster; locks make that rare, the server's own checks make it safe.</summary>
internal static class Retry
{
    private const int Attempts = 6;

    public static async Task<T> RunAsync<T>(Func<Task<T>> transaction, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await transaction();
            }
            catch (Exception error) when (attempt < Attempts && AnotherWasFaster(error))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 << attempt)), cancel);
            }
        }
    }

    private static bool AnotherWasFaster(Exception error) =>
        (error as PostgresException ?? error.InnerException as PostgresException) is
        {
            SqlState: PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.SerializationFailure
                // Marten tries a failed batch again inside the transaction, which hides what it failed of.
                or PostgresErrorCodes.InFailedSqlTransaction,
        }
        || error is ExistingStreamIdCollisionException;
}
