using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>What the driver says when there is no store, in words that name the next step.</summary>
internal static class ConnectionFailure
{
    private const string Start =
        "start the private store: numa-recorder up, or numa-recorder store start; or name a server with --db";

    /// <summary>The refusal that a failure amounts to, or null where it is not about reaching the store.</summary>
    public static Refusal? Explain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException answer)
            {
                return Explain(answer);
            }

            if (cause is NpgsqlException { InnerException: SocketException socket })
            {
                return new Refusal(
                    ExitCode.StoreUnreachable, $"the store does not answer: {Reason(socket)}", Start, failure);
            }

            // A server that speaks no TLS is told in words only, one with another certificate by an authentication that failed.
            if (cause is AuthenticationException || (cause is NpgsqlException { InnerException: null } && cause.Message.StartsWith("SSL ", StringComparison.Ordinal)))
            {
                return new Refusal(
                    ExitCode.StoreUnreachable,
                    $"the store has no TLS that can be trusted: {cause.Message}",
                    "a remote server is held to sslmode=verify-full; sslrootcert=FILE names its authority, sslmode=disable trusts the network between",
                    failure);
            }

            if (cause is NpgsqlException { InnerException: TimeoutException or IOException } lost)
            {
                return new Refusal(
                    ExitCode.StoreUnreachable,
                    $"the store stopped answering: {lost.InnerException!.Message}",
                    Start,
                    failure);
            }
        }

        return null;
    }

    // Npgsql's connection to a socket file that is missing fails with "Cannot assign requested address".
    private static string Reason(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable => "its socket is not there",
        SocketError.ConnectionRefused => "nobody listens",
        SocketError.AccessDenied => "this user may not open its socket",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "its host name is not known",
        _ => socket.Message,
    };

    private static Refusal? Explain(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            Refused("the store refuses this user", "check user and PGPASSFILE", answer),
        PostgresErrorCodes.InsufficientPrivilege => Refused(
            "the store does not allow this user to do that",
            "connect as a user with the role: numa_recorder to record, the owner of the store to migrate or rebuild",
            answer),
        PostgresErrorCodes.InvalidCatalogName =>
            Refused("the store has no such database", "create it, then run numa-recorder store migrate", answer),
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.TooManyConnections =>
            Refused("the store cannot be used now", "try again in a moment", answer),
        _ => null,
    };

    private static Refusal Refused(string what, string hint, PostgresException answer) =>
        new(ExitCode.StoreUnreachable, $"{what}: {answer.MessageText}", hint, answer);
}
