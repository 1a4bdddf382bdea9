using System.Security.Cryptography;
using System.Text;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Connecting;

/// <summary>
/// Where the private store of a user lives: pure rules, so that the program that starts it and the program that only
/// reads agree. State is its folder; Fallbacks are the folders, best first, for a socket whose path under State would
/// be too long.
/// </summary>
public sealed record PrivateStorePlace(string State, IReadOnlyList<string> Fallbacks)
{
    /// <summary>The name of the database in the private store, and of its only role.</summary>
    public const string Name = "numahistory";

    /// <summary>The port in the socket's name; nothing listens on the network.</summary>
    public const int Port = 5432;

    // sun_path has 108 bytes, the last one is NUL (unix(7)).
    private const int LongestSocketPath = 107;

    /// <summary>The folder of the cluster.</summary>
    public string Data => Path.Combine(State, "data");

    /// <summary>What a started store says about itself (PrivateStoreFile).</summary>
    public string File => Path.Combine(State, "store.json");

    /// <summary>The folder of the socket when its path is short enough.</summary>
    public string OwnSocketFolder => Path.Combine(State, "socket");

    /// <summary>The folder that holds the socket: under State, or the first fallback that is short enough.</summary>
    public string SocketFolder => Fallbacks.Prepend(OwnSocketFolder).First(IsUsable);

    /// <summary>
    /// $XDG_STATE_HOME/numahistory, for root as well; else /var/lib/numahistory for root, ~/.local/state/numahistory
    /// for others.
    /// </summary>
    public static PrivateStorePlace Of(Func<string, string?> environment, uint user)
    {
        var state = Folder(environment, user);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..12];
        var temporary = $"/tmp/numahistory-{user}-{hash}";

        // The server of root runs as another user, to whom /run/user/0 is closed.
        return new PrivateStorePlace(
            state,
            user != 0 && environment("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && runtime[0] == '/'
                ? [Path.Combine(runtime, $"numahistory-{hash}"), temporary]
                : [temporary]);
    }

    private static string Folder(Func<string, string?> environment, uint user)
    {
        // The XDG specification: a relative path is invalid and to be ignored.
        if (environment("XDG_STATE_HOME") is { Length: > 0 } state && state[0] == '/')
        {
            return Path.Combine(Path.GetFullPath(state), "numahistory");
        }

        if (user == 0)
        {
            return "/var/lib/numahistory";
        }

        return environment("HOME") is { Length: > 0 } home && home[0] == '/'
            ? Path.Combine(Path.GetFullPath(home), ".local/state/numahistory")
            : throw new Refusal(
                ExitCode.StoreUnreachable,
                "no folder for the private store: HOME is not set",
                "set HOME or XDG_STATE_HOME");
    }

    /// <summary>
    /// Whether a folder can hold the socket: its path is short enough, and has no comma, which separates hosts.
    /// </summary>
    public static bool IsUsable(string folder) =>
        Encoding.UTF8.GetByteCount(folder) + $"/.s.PGSQL.{Port}".Length <= LongestSocketPath
            && !folder.Contains(',', StringComparison.Ordinal);
}
