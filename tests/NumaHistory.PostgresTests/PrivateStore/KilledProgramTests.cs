using System.Diagnostics;
using NumaHistory.Recorder.PrivateStore;

namespace NumaHistory.PostgresTests.PrivateStore;

public sealed class KilledProgramTests
{
    [Fact]
    public async Task Kill_9_of_up_leaves_no_server()
    {
        await using var folder = new PrivateFolder();
        using var up = Start(folder);
        while (!(await folder.StatusAsync()).Running)
        {
            Assert.False(up.HasExited, "up ended before its store was ready");
            await Task.Delay(50);
        }

        Unix.Signal(up.Id, 9);
        await up.WaitForExitAsync();

        await folder.GoneAsync();
        Assert.False(
            File.Exists(Path.Combine(folder.Place.Data, "postmaster.pid")), "the server was not stopped, it crashed");
        await using var again = await folder.HoldAsync();
        Assert.True((await folder.StatusAsync()).Running);
    }

    private static Process Start(PrivateFolder folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "numa-recorder.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, "up", "--quiet"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["XDG_STATE_HOME"] = folder.Home;
        var others = start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList();
        foreach (var name in others.Append("NUMAHISTORY_DB"))
        {
            start.Environment.Remove(name);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
