using System.Diagnostics;
using System.Globalization;
using NumaHistory.Benchmarks.Support;

namespace NumaHistory.Benchmarks.Programs;

/// <summary>
/// The whole recorder at one sample a second, writing included: processor time per sample and resident memory, one line a
/// minute, since a .NET program goes on compiling itself for the first minutes. Options: --root DIR, --minutes N, --programs DIR.
/// </summary>
internal static class RecorderBenchmark
{
    public static void Run(Options options, TextWriter output)
    {
        var scratch = Directory.CreateTempSubdirectory("numa-benchmark-").FullName;
        try
        {
            using var programs = new Programs(scratch) { Folder = options.Text("--programs") ?? AppContext.BaseDirectory };
            programs.StartStore();
            using var recorder = programs.Record(options.Text("--root") ?? "/");
            Watch(recorder, options.Number("--minutes", 6), output);
            Process.Start("kill", ["-TERM", recorder.Id.ToString(CultureInfo.InvariantCulture)])?.WaitForExit();
            recorder.WaitForExit();
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Watch(Process recorder, int minutes, TextWriter output)
    {
        var before = recorder.TotalProcessorTime;
        for (var minute = 1; minute <= minutes; minute++)
        {
            Thread.Sleep(TimeSpan.FromMinutes(1));
            recorder.Refresh();
            var now = recorder.TotalProcessorTime;
            output.WriteLine(
                $"minute {minute}: {(now - before).TotalMicroseconds / 60:0} us of processor time per sample, {recorder.WorkingSet64 >> 20} MiB resident");
            before = now;
        }
    }
}
