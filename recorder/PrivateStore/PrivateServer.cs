using System.Diagnostics;
using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>
/// The private PostgreSQL of this user: started with a program and ended with it, or started to stay. Note takes lines
/// for stderr.
/// </summary>
internal sealed class PrivateServer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly StateFolder state;
    private readonly PostgresSupply supply;
    private readonly ServerStart starting;
    private readonly Action<string> note;
    private readonly TimeProvider clock;

    public PrivateServer(Func<string, string?> environment, uint user, Action<string> note, TimeProvider clock)
    {
        state = new StateFolder(PrivateStorePlace.Of(environment, user), user);
        supply = new PostgresSupply(environment, user, state.Place.State, note);
        starting = new ServerStart(state, supply, user, note, clock);
        this.note = note;
        this.clock = clock;
    }

    private string Data => state.Place.Data;

    /// <summary>
    /// A server that ends with the last program that holds it; one that was started to stay is used and left running.
    /// </summary>
    public async Task<HeldServer> HoldAsync(Func<string, CancellationToken, Task> migrate, CancellationToken cancel)
    {
        state.Prepare();
        using var turn = await StateLock.TakeAsync(state, clock, cancel);
        var holding = await Holding.TakeAsync(state, clock, cancel);
        Process? watcher = null;
        try
        {
            var socket = await AnsweringAsync(cancel);
            if (socket is null)
            {
                File.Delete(state.Keep);
                (watcher, socket) = await starting.RunAsync(isHeld: true, cancel);
            }

            var connection = Connection(socket);
            await migrate(connection, cancel);
            return new HeldServer(connection, holding, state, watcher);
        }
        catch
        {
            await new HeldServer("", holding, state, watcher).DisposeAsync();
            throw;
        }
    }

    /// <summary>A server that stays until it is stopped. One that is held by other programs becomes one.</summary>
    public async Task<string> StartAsync(Func<string, CancellationToken, Task> migrate, CancellationToken cancel)
    {
        state.Prepare();
        using var turn = await StateLock.TakeAsync(state, clock, cancel);
        var socket = await AnsweringAsync(cancel);
        if (socket is null)
        {
            (var process, socket) = await starting.RunAsync(isHeld: false, cancel);
            process.Dispose();
        }
        else if (Holding.IsHeld(state) && !File.Exists(state.Keep))
        {
            note("the store runs for numa-recorder up; it will stay when that ends");
        }

        await File.WriteAllTextAsync(state.Keep, "", cancel);
        await migrate(Connection(socket), cancel);
        return Connection(socket);
    }

    /// <summary>Stops the server; false where none ran.</summary>
    public async Task<bool> StopAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(state.Place.State))
        {
            return false;
        }

        using var turn = await StateLock.TakeAsync(state, clock, cancel);
        if (RunningServer.Find(Data) is not { } process)
        {
            return false;
        }

        File.Delete(state.Keep);
        if (Holding.IsHeld(state))
        {
            throw new Refusal(
                ExitCode.No,
                "the store runs for numa-recorder up, and stops when that ends",
                "stop numa-recorder up (Ctrl-C, or SIGTERM)");
        }

        await new ServerProcess(state, clock).StopAsync(process, cancel);
        return true;
    }

    public async Task<StoreStatus> StatusAsync(CancellationToken cancel)
    {
        var socket = StoredSocket();
        var connection = LibpqKeywords.Print(PrivateStoreFile.Parameters(socket));
        var process = RunningServer.Find(Data);
        var version = Cluster.Version(Data);
        var psql = await supply.PsqlAsync(version, cancel);

        return new StoreStatus(
            await Readiness.AskAsync(socket, cancel) == Answer.Ready,
            connection,
            socket,
            ShellLine(psql, connection),
            state.Place.State,
            version,
            process,
            state.Log);
    }

    /// <summary>psql with the library path it needs.</summary>
    public Task<Tool> PsqlAsync(CancellationToken cancel) => supply.PsqlAsync(Cluster.Version(Data), cancel);

    /// <summary>The connection to a store that runs, for the verbs that do not start one.</summary>
    public string KnownConnection() => PrivateStoreFile.ToNpgsql(Description(), state.Place);

    private static string ShellLine(Tool psql, string connection)
    {
        var settings = psql.Environment.Select(one => $"{one.Key}={Quoted(one.Value)}");
        return string.Join(' ', [.. settings, Quoted(psql.Program), Quoted(connection)]);
    }

    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Connection(string socket) =>
        NpgsqlText.Of(PrivateStoreFile.Parameters(socket), "private store");

    // One that starts or stops is waited for: it ends up in one of the two states.
    private async Task<string?> AnsweringAsync(CancellationToken cancel)
    {
        var silent = clock.GetTimestamp();
        while (RunningServer.Find(Data) is { } process)
        {
            var socket = StoredSocket();
            switch (await Readiness.AskAsync(socket, cancel))
            {
                case Answer.Ready:
                    return socket;
                case Answer.NotNow:
                    silent = clock.GetTimestamp();
                    break;
                case Answer.Nobody when clock.GetElapsedTime(silent) > Patience:
                    throw new Refusal(
                        ExitCode.StoreUnreachable,
                        $"process {process} serves {Data}, but its socket in {socket} does not answer",
                        "stop it: numa-recorder store stop");
            }

            await Task.Delay(Pause, clock, cancel);
        }

        return null;
    }

    private string StoredSocket() => PrivateStoreFile.Parse(Description())?.Socket ?? state.Place.SocketFolder;

    private string? Description() => File.Exists(state.Place.File) ? File.ReadAllText(state.Place.File) : null;
}
