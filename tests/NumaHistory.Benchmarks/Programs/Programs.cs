using System.Diagnostics;
using System.Text.Json;
using NumaHistory.Benchmarks.Support;

namespace NumaHistory.Benchmarks.Programs;

/// <summary>Both programs as processes, as they were built beside this one or published, native too, on a private store in a folder of their own.</summary>
internal sealed class Programs(string state) : IDisposable
{
    private const string Recorder = "numa-recorder";

    /// <summary>The folder with both programs; a published one may be given instead.</summary>
    public string Folder { get; init; } = AppContext.BaseDirectory;

    public void StartStore() => Finish(Start(Recorder, "store", "start"));

    /// <summary>How a client reaches the store.</summary>
    public string Connection()
    {
        using var process = Start(Recorder, "store", "status", "-o", "json");
        using var status = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return $"Host={status.RootElement.GetProperty("socket").GetString()};Username=numahistory;Database=numahistory";
    }

    public Process Record(string root) => Start(Recorder, "run", "--every", "1s", "--sysfs-root", root, "--host", "benchmark", "-q");

    /// <summary>Runs numa-history to its end, whether it answers yes or no; its processor time and wall time.</summary>
    public (TimeSpan Cpu, TimeSpan Wall) Ask(params string[] arguments)
    {
        var before = ChildCpu.Total;
        var started = Stopwatch.GetTimestamp();
        using var process = Start("numa-history", arguments);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode is 0 or 1
            ? (ChildCpu.Total - before, Stopwatch.GetElapsedTime(started))
            : throw new InvalidOperationException($"numa-history {string.Join(' ', arguments)} answered {process.ExitCode}");
    }

    public void Dispose() => Finish(Start(Recorder, "store", "stop"));

    private static void Finish(Process process)
    {
        using (process)
        {
            process.WaitForExit();
        }
    }

    private Process Start(string program, params string[] arguments)
    {
        // A native program comes without an assembly.
        var file = Path.Combine(Folder, program);
        var isNative = !File.Exists($"{file}.dll");
        var start = new ProcessStartInfo(isNative ? file : "dotnet", isNative ? arguments : [$"{file}.dll", .. arguments])
        {
            RedirectStandardOutput = true,
            Environment = { ["XDG_STATE_HOME"] = state },
        };
        start.Environment.Remove("NUMAHISTORY_DB");
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }
}
