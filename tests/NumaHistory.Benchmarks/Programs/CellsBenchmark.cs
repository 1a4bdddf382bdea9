using System.Diagnostics;
using System.Globalization;
using NumaHistory.Benchmarks.Support;

namespace NumaHistory.Benchmarks.Programs;

/// <summary>
/// One `numa-history cells`, whole process, over a store that a recorder filled for some seconds. Options: --seconds N, --runs N,
/// --programs DIR with published programs.
/// </summary>
internal static class CellsBenchmark
{
    public static void Run(Options options, TextWriter output)
    {
        var scratch = Directory.CreateTempSubdirectory("numa-benchmark-").FullName;
        try
        {
            using var programs = new Programs(scratch) { Folder = options.Text("--programs") ?? AppContext.BaseDirectory };
            programs.StartStore();
            using (var recorder = programs.Record("/"))
            {
                Thread.Sleep(TimeSpan.FromSeconds(options.Number("--seconds", 30)));
                Process.Start("kill", ["-TERM", recorder.Id.ToString(CultureInfo.InvariantCulture)])?.WaitForExit();
                recorder.WaitForExit();
            }

            foreach (var question in new string[][] { ["version"], ["cells"], ["cells", "--at", "-5s"] })
            {
                var runs = Enumerable.Range(0, options.Number("--runs", 15)).Select(_ => programs.Ask(question)).ToList();
                output.WriteLine(
                    $"{string.Join(' ', question)}: {Figures.Median(runs.Select(run => run.Cpu.TotalMilliseconds)):0} ms of processor time, "
                    + $"{Figures.Median(runs.Select(run => run.Wall.TotalMilliseconds)):0} ms from start to end");
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
