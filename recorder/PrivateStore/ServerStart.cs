using System.Diagnostics;
using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>Brings a server up that does not run: binaries, cluster, process, database.</summary>
internal sealed class ServerStart(
    StateFolder state, PostgresSupply supply, uint user, Action<string> note, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    // Recovery after a crash may take longer, but then the server says so.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private string Data => state.Place.Data;

    public async Task<(Process Process, string Socket)> RunAsync(bool isHeld, CancellationToken cancel)
    {
        try
        {
            var version = Cluster.Version(Data);
            var binaries = await supply.ForAsync(version, Data, cancel);
            var server = user == 0
                ? ServerUser.ForRoot(
                    ServerUser.Known(await File.ReadAllTextAsync("/etc/passwd", cancel)), Unix.Owner(Data), Data)
                : null;
            CheckOwner();
            var socket = state.PrepareSocketFolder(server);
            var command = new ServerCommand(binaries, server, Data, socket);
            if (version is null)
            {
                note($"making a PostgreSQL {binaries.Major} cluster in {Data}");
                await Cluster.MakeAsync(command, cancel);
            }

            RunningServer.Forget(Data, socket);
            return (await RunAsync(command, isHeld, cancel), socket);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw state.Unusable(failure);
        }
    }

    private async Task<Process> RunAsync(ServerCommand command, bool isHeld, CancellationToken cancel)
    {
        var server = new ServerProcess(state, clock);
        var logged = server.LogLength();
        var process = server.Start(command, isHeld);
        try
        {
            await AnswersAsync(process, command.SocketFolder, () => server.Complaint(logged), cancel);
            await Readiness.CreateDatabaseAsync(command.SocketFolder, cancel);
            await DescribeAsync(command.SocketFolder, command.Binaries.Major, cancel);
            return process;
        }
        catch when (!isHeld)
        {
            // Nobody holds it, so nobody would end it. The shell and setpriv have become postgres.
            Unix.Signal(process.Id, Unix.Interrupt);
            throw;
        }
    }

    private async Task AnswersAsync(Process process, string socket, Func<string> complaint, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (await Readiness.AskAsync(socket, cancel) is var answer and not Answer.Ready)
        {
            if (process.HasExited)
            {
                throw NotStarted(complaint());
            }

            if (answer == Answer.Nobody && clock.GetElapsedTime(began) > Patience)
            {
                throw NotStarted($"its socket in {socket} does not answer");
            }

            await Task.Delay(Pause, clock, cancel);
        }
    }

    private Refusal NotStarted(string why) =>
        new(ExitCode.StoreUnreachable, $"PostgreSQL did not start: {why}", $"the whole log is in {state.Log}");

    private void CheckOwner()
    {
        if (user != 0 && Unix.Owner(Data) is { } owner && owner.User != user)
        {
            throw new Refusal(
                ExitCode.StoreUnreachable,
                $"{Data} belongs to user {owner.User}, not to user {user}",
                $"run the command as that user, or put the folder aside: mv {Data} {Data}.old");
        }
    }

    // Under another name first: a reader never sees half a file.
    private async Task DescribeAsync(string socket, int version, CancellationToken cancel)
    {
        var description = new PrivateStoreFile(
            LibpqKeywords.Print(PrivateStoreFile.Parameters(socket)), socket, version);
        await File.WriteAllTextAsync(state.Place.File + ".new", description.Print(), cancel);
        File.Move(state.Place.File + ".new", state.Place.File, overwrite: true);
    }
}
