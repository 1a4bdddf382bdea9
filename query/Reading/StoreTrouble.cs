using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading;

/// <summary>What the client library says, in words an operator can act on.</summary>
internal static class StoreTrouble
{
    /// <summary>The refusal an error stands for, or null where it is a bug of ours.</summary>
    public static Refusal? Explain(Exception error, StoreTarget store) => error switch
    {
        PostgresException server => Server(server, store.Name),
        UnknownFactException unknown => new Refusal(
            ExitCode.StoreSchema,
            $"{store.Name} holds an event '{unknown.Name}' that this program does not know",
            "install the numa-history that belongs to the recorder that made the store",
            error),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => new Refusal(
            ExitCode.StoreUnreachable, $"{store.Name} did not answer in time", "try a longer --timeout", error),
        NpgsqlException { InnerException: SocketException socket } => new Refusal(
            ExitCode.StoreUnreachable, $"{store.Name} cannot be reached: {Words(socket)}", store.Start ?? Elsewhere,
            error),
        NpgsqlException tls when Innermost(tls) is AuthenticationException || tls.Message.StartsWith("SSL ", StringComparison.Ordinal) => new Refusal(
            ExitCode.StoreUnreachable,
            $"{store.Name} has no TLS that can be trusted: {Innermost(tls).Message}",
            "a remote server is held to sslmode=verify-full; sslrootcert=FILE names its authority, sslmode=disable trusts the network between",
            error),
        NpgsqlException other => new Refusal(
            ExitCode.StoreUnreachable, $"{store.Name}: {Innermost(other).Message}", "numa-recorder store status",
            error),
        SocketException socket => new Refusal(
            ExitCode.StoreUnreachable, $"{store.Name} cannot be reached: {Words(socket)}", store.Start ?? Elsewhere,
            error),
        _ => null,
    };

    private const string Elsewhere =
        "start that server, name another with --db, or start a private one: numa-recorder up";

    private static Refusal? Server(PostgresException error, string store) => error.SqlState switch
    {
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName => new Refusal(
            ExitCode.StoreSchema, $"{store} has no read model yet", "numa-recorder store migrate", error),
        PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction => new Refusal(
            ExitCode.StoreSchema,
            $"{store} does not have the read model this program knows: {error.MessageText}",
            "numa-recorder store migrate",
            error),
        PostgresErrorCodes.InsufficientPrivilege => new Refusal(
            ExitCode.StoreUnreachable, $"{store}: {error.MessageText}", "grant numa_reader to this database user",
            error),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new Refusal(
            ExitCode.StoreUnreachable,
            $"{store} refuses this user: {error.MessageText}",
            "put the password into the file that PGPASSFILE names (default ~/.pgpass)",
            error),
        PostgresErrorCodes.InvalidCatalogName => new Refusal(
            ExitCode.StoreUnreachable, $"{store}: {error.MessageText}", "createdb, then numa-recorder store migrate",
            error),
        PostgresErrorCodes.QueryCanceled => new Refusal(
            ExitCode.StoreUnreachable, $"{store} did not answer in time", "try a longer --timeout", error),
        var state => new Refusal(
            ExitCode.StoreUnreachable, $"{store}: {error.MessageText} ({state})", "numa-recorder store status", error),
    };

    // A missing unix socket reads "Cannot assign requested address", which sends people looking at their network.
    private static string Words(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable => "there is no socket; the server is not running",
        SocketError.ConnectionRefused => "nothing listens there",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name is not known",
        SocketError.TimedOut => "no answer",
        SocketError.AccessDenied => "this user may not open the socket",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no route to it",
        _ => $"socket error {socket.SocketErrorCode}",
    };

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }
}
