using System.Globalization;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.PrivateStore;

/// <summary>The data folder: which version made it, and making it.</summary>
internal static class Cluster
{
    /// <summary>The major version that made the cluster, or null where there is none yet.</summary>
    public static int? Version(string data)
    {
        var file = Path.Combine(data, "PG_VERSION");
        if (!File.Exists(file))
        {
            return Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any()
                ? throw new Refusal(
                    ExitCode.StoreUnreachable,
                    $"{data} is not empty and not a PostgreSQL cluster (it has no PG_VERSION)",
                    $"put it aside and start anew: mv {data} {data}.old")
                : null;
        }

        var text = File.ReadAllText(file).Trim();
        return int.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new Refusal(
                ExitCode.StoreUnreachable,
                $"{file}: '{text}' is not a version",
                $"restore the folder, or put it aside: mv {data} {data}.old");
    }

    /// <summary>
    /// Made under another name first: a crash in the middle leaves no half cluster under the real one.
    /// </summary>
    public static async Task MakeAsync(ServerCommand command, CancellationToken cancel)
    {
        var state = Path.GetDirectoryName(command.Data)!;
        foreach (var leftover in Directory.GetDirectories(state, "data.new*"))
        {
            Directory.Delete(leftover, recursive: true);
        }

        var folder = Path.Combine(state, "data.new");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (command.User is { } user)
        {
            Unix.GiveTo(user, folder);
        }

        var made = await command.Initdb(folder).RunAsync(cancel);
        if (made.Code != 0)
        {
            throw new Refusal(
                ExitCode.StoreUnreachable,
                $"initdb could not make a cluster in {command.Data}: {made.Complaint}",
                "is there room on the disk, and may the user run it? name a server with --db otherwise");
        }

        if (Directory.Exists(command.Data))
        {
            Directory.Delete(command.Data);
        }

        Directory.Move(folder, command.Data);
    }
}
