using System.Net.Sockets;
using Npgsql;

namespace NumaHistory.Recorder.Store;

/// <summary>Tells a store that is away (worth waiting for) from one that refuses what it is asked (worth saying).</summary>
internal static class StoreTrouble
{
    public static bool IsAway(Exception error) => error switch
    {
        PostgresException refused => refused.IsTransient || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException or SocketException or TimeoutException => true,
        _ => error.InnerException is { } inner && IsAway(inner),
    };
}
