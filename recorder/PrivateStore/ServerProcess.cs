using System.ComponentModel;
using System.Diagnostics;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>Starts and stops the postgres process.</summary>
internal sealed class ServerProcess(StateFolder state, TimeProvider clock)
{
    private const long LongLog = 8 * 1024 * 1024;

    // A new session, so that Ctrl-C reaches the recorder alone and the last block can still be written.
    private const string Detached = $"""
        umask 077
        {ServerCommand.OpenFolder}
        exec "$@" </dev/null >>"$LOG" 2>&1
        """;

    // Stops the server when the last holder has closed the pipe: fast, and at once if that does not help. It ends with
    // the server.
    private const string Watched = $$"""
        umask 077
        {{ServerCommand.OpenFolder}}
        exec </dev/null >>"$LOG" 2>&1 3<"$HELD"
        "$@" 3<&- &
        server=$!
        {
            while read -r _ <&3; do :; done
            [ -e "$KEEP" ] && exit
            kill -INT $server
            tries=0
            while kill -0 $server && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
            kill -QUIT $server
        } 2>/dev/null &
        watcher=$!
        exec 3<&-
        wait $server
        kill $watcher 2>/dev/null
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Process Start(ServerCommand command, bool isHeld)
    {
        if (new FileInfo(state.Log) is { Exists: true, Length: > LongLog })
        {
            File.Move(state.Log, state.Log + ".1", overwrite: true);
        }

        var tool = new Tool(
            "setsid", ["sh", "-c", isHeld ? Watched : Detached, "numahistory-store", .. command.Postgres()])
        {
            Environment = new Dictionary<string, string>(command.Binaries.Environment)
            {
                ["DATA"] = command.Data,
                ["LOG"] = state.Log,
                ["HELD"] = state.Pipe,
                ["KEEP"] = state.Keep,
            },
        };
        try
        {
            return Process.Start(tool.StartInfo())!;
        }
        catch (Win32Exception missing)
        {
            throw new Refusal(
                ExitCode.StoreUnreachable,
                $"cannot run setsid: {missing.Message}",
                "install util-linux, or name a server with --db",
                missing);
        }
    }

    /// <summary>Stops a server by its process id and comes back when it is gone.</summary>
    public async Task StopAsync(int process, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var hurried = false;
        Unix.Signal(process, Unix.Interrupt);
        while (RunningServer.IsAlive(process, state.Place.Data))
        {
            if (!hurried && clock.GetElapsedTime(began) > Patience)
            {
                Unix.Signal(process, Unix.Quit);
                hurried = true;
            }

            await Task.Delay(Pause, clock, cancel);
        }

        // Its parent is init by now, which collects it a moment later; where none does, nothing but a table entry is
        // left.
        for (var left = 40; left > 0 && Directory.Exists($"/proc/{process}"); left--)
        {
            await Task.Delay(Pause, clock, cancel);
        }
    }

    /// <summary>How long the log is, so that only what comes after is quoted.</summary>
    public long LogLength() => new FileInfo(state.Log) is { Exists: true } log ? log.Length : 0;

    /// <summary>The reason that the log gives, from a place on, why a server did not start.</summary>
    public string Complaint(long from)
    {
        using var log = new FileStream(state.Log, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        log.Position = Math.Min(from, log.Length);
        using var reader = new StreamReader(log);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        return lines.LastOrDefault(IsReason) ?? lines.LastOrDefault() ?? "it said nothing";
    }

    private static bool IsReason(string line) =>
        (line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal)
            || line.StartsWith("setpriv:", StringComparison.Ordinal))
        && !line.Contains("the database system is", StringComparison.Ordinal);
}
