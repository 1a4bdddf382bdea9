using System.Diagnostics;
using NumaHistory.Schema.Connecting;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>Brings a server up that does not run: binaries, cluster, process, database.</summary>
internal sealed class ServerStart(
    StateFolder state, PostgresSupply supply, uint user, Action<string> note, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private string Data => state.Place.Data;

    public async Task<(Process Process, string Socket)> RunAsync(bool isHeld, CancellationToken cancel)
    {
        try
        {
            var version = Cluster.Version(Data);
            var binaries = await supply.ForAsync(version, Data, cancel);
            var server = user == 0
                ? ServerUser.ForRoot(ServerUser.Known(await File.ReadAllTextAsync("/etc/passwd", cancel)), Unix.Owner(Data), Data)
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
            var process = await RunAsync(command, isHeld, cancel);
            await Readiness.CreateDatabaseAsync(socket, cancel);
            await DescribeAsync(socket, binaries.Major, cancel);
            return (process, socket);
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
        while (await Readiness.AskAsync(command.SocketFolder, cancel) != Answer.Ready)
        {
            if (process.HasExited)
            {
                throw new Refusal(
                    ExitCode.StoreUnreachable,
                    $"PostgreSQL did not start: {server.Complaint(logged)}",
                    $"the whole log is in {state.Log}");
            }

            await Task.Delay(Pause, clock, cancel);
        }

        return process;
    }

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
        var description = new PrivateStoreFile(LibpqKeywords.Print(PrivateStoreFile.Parameters(socket)), socket, version);
        await File.WriteAllTextAsync(state.Place.File + ".new", description.Print(), cancel);
        File.Move(state.Place.File + ".new", state.Place.File, overwrite: true);
    }
}
