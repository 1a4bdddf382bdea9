using System.Diagnostics;
using Npgsql;
using NumaHistory.Recorder.PrivateStore;

namespace NumaHistory.PostgresTests.Support;

/// <summary>
/// A private cluster in a temporary folder, reached by a unix socket only. A shell guards it: when its standard input
/// ends, because the run is over or because the test process was killed, it stops the server and removes the folder.
/// </summary>
internal sealed class LocalServer : ITestServer
{
    private const string Guard = """
        trap '' INT
        folder=$1 user=$2 binaries=$3; shift 3
        mkdir -m 700 "$folder" || exit
        as=
        if [ "$user" ]; then
            chown "$user" "$folder"
            as="setpriv --reuid=${user%:*} --regid=${user#*:} --clear-groups"
        fi
        {
            $as "$binaries/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync &&
                $as "$binaries/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= "$@"
            touch "$folder/ended"
        } >"$folder/log" 2>&1 &
        read -r _
        # once is not enough: a server that is just starting still ignores it
        until [ -e "$folder/ended" ]; do kill -INT 0; sleep 0.1; done
        wait
        rm -rf "$folder"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _guard;

    private LocalServer(Process guard, string folder)
    {
        _guard = guard;
        Folder = folder;
    }

    /// <summary>Holds the data, the socket and the log; gone after the run.</summary>
    public string Folder { get; }

    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = Folder,
        Username = "postgres",
        Database = "postgres",
        IncludeErrorDetail = true,
    }.ConnectionString;

    public static async Task<LocalServer> StartAsync(CancellationToken cancel)
    {
        var folder = TemporaryFolder();
        var programs = await ProgramsAsync(cancel);
        string[] guard = ["setsid", "--wait", "sh", "-c", Guard, "guard", folder, User(folder), programs.Folder, .. FastSettings.Arguments];
        var start = new ProcessStartInfo(guard[0], guard[1..]) { RedirectStandardInput = true, WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in programs.Environment)
        {
            start.Environment[name] = value;
        }

        var server = new LocalServer(Process.Start(start)!, folder);
        await server.AnswersAsync(cancel);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    // Those of this machine, else the distribution's package, unpacked as the private store does it.
    private static Task<PostgresBinaries> ProgramsAsync(CancellationToken cancel)
    {
        var supply = new PostgresSupply(
            Environment.GetEnvironmentVariable,
            Unix.User,
            Path.GetTempPath(),
            note => TestContext.Current.SendDiagnosticMessage(note));
        return supply.ForAsync(cluster: null, data: "", cancel);
    }

    // Root's server runs as an ordinary user, uid:gid.
    private static string User(string folder)
    {
        if (Unix.User != 0)
        {
            return "";
        }

        var user = ServerUser.ForRoot(ServerUser.Known(File.ReadAllText("/etc/passwd")), cluster: null, folder);
        return $"{user.Id}:{user.Group}";
    }

    private static string TemporaryFolder()
    {
        // A socket's path has at most 107 bytes.
        var root = Path.GetTempPath() is { Length: <= 60 } usual ? usual : "/tmp";
        return Path.Combine(root, $"numa-test-{Guid.NewGuid():N}"[..20]);
    }

    private async Task AnswersAsync(CancellationToken cancel)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync(cancel);
                return;
            }
            catch (NpgsqlException) when (!_guard.HasExited && !Exists("ended") && patience.Elapsed < Patience)
            {
                await Task.Delay(50, cancel);
            }
            catch (NpgsqlException error)
            {
                var log = Exists("log") ? await File.ReadAllTextAsync(Path.Combine(Folder, "log"), cancel) : "";
                await DisposeAsync();
                throw new InvalidOperationException($"the private cluster does not answer; its log:\n{log}", error);
            }
        }
    }

    private bool Exists(string name) => File.Exists(Path.Combine(Folder, name));
}
