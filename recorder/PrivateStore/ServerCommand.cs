using NumaHistory.Schema.Connecting;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>The command lines that make and run a cluster; as root they drop to the server's user first.</summary>
internal sealed record ServerCommand(PostgresBinaries Binaries, ServerUser? User, string Data, string SocketFolder)
{
    /// <summary>The shell line that opens the folder named by $DATA, before the user changes.</summary>
    public const string OpenFolder = "exec 9<\"$DATA\"";

    // A process may enter a folder that it has open even where a folder above is closed to it, as with a state folder
    // below root's 0700 home: the parents are not ours to open. (Its working folder would do, but initdb 15 leaves it.)
    private const string OpenedFolder = "/proc/self/fd/9";

    private static readonly string[] Settings =
    [
        "listen_addresses=", "unix_socket_permissions=0700", "cluster_name=numahistory", "shared_buffers=64MB",
        "max_connections=40", "wal_level=minimal", "max_wal_senders=0", "max_wal_size=512MB", "jit=off",
        "client_connection_check_interval=1s", "timezone=GMT", "log_timezone=GMT",
    ];

    private bool IsClosedToUser =>
        User is not null && !Parents(Data).All(folder => Unix.Owner(folder) is { OthersMayEnter: true });

    public Tool Initdb(string folder) => new(
        "sh",
        [
            "-c", $"{OpenFolder}; exec \"$@\"", "initdb", .. Dropped,
            Binaries.Initdb, "-D", IsClosedToUser ? OpenedFolder : folder,
            "-U", PrivateStorePlace.Name, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions",
        ])
    {
        Environment = new Dictionary<string, string>(Binaries.Environment) { ["DATA"] = folder },
    };

    /// <summary>postgres itself: no pg_ctl in between, so that its process id is known and its end is seen.</summary>
    public IReadOnlyList<string> Postgres() =>
    [
        .. Dropped, Binaries.Postgres, "-D", IsClosedToUser ? OpenedFolder : Data, "-p", $"{PrivateStorePlace.Port}",
        .. Settings.Append($"unix_socket_directories={SocketSetting}").SelectMany(setting => new[] { "-c", setting }),
    ];

    // Relative to the cluster the socket's path is short and needs no right on the folders above.
    private string SocketSetting =>
        Path.GetDirectoryName(SocketFolder) == Path.GetDirectoryName(Data)
            ? $"../{Path.GetFileName(SocketFolder)}"
            : SocketFolder;

    private string[] Dropped => User is null
        ? []
        : ["setpriv", $"--reuid={User.Id}", $"--regid={User.Group}", "--clear-groups", "--"];

    private static IEnumerable<string> Parents(string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            yield return parent;
        }
    }
}
