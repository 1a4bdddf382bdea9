using System.Formats.Tar;
using System.IO.Compression;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Recorder.Sampling;

namespace NumaHistory.Benchmarks.Sampling;

/// <summary>
/// One steady read of all cells from open files, beside the same in C: passes of both in turn, medians of processor
/// time. Options: --root DIR, --rounds N, --c-sampler PROGRAM.
/// </summary>
internal static class SamplingBenchmark
{
    private const int CellsPerRound = 60_000;

    public static void Run(Options options, TextWriter output)
    {
        var scratch = Directory.CreateTempSubdirectory("numa-benchmark-").FullName;
        try
        {
            var loops = CLoop.All(options.Text("--c-sampler"), scratch).ToArray();
            if (loops.Length == 0)
            {
                output.WriteLine("no C compiler (cc) and no --c-sampler: ratios are skipped");
            }

            foreach (var root in options.Text("--root") is { } given ? [given] : new[] { "/", Recorded(scratch) })
            {
                Compare(root, loops, options.Number("--rounds", 9), output);
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Compare(string root, CLoop[] loops, int rounds, TextWriter output)
    {
        using var subject = new Subject(root);
        var passes = Math.Max(1, CellsPerRound / subject.Cells);
        var ours = new List<double>();
        var theirs = loops.Select(_ => new List<double>()).ToArray();
        subject.Measure(passes);
        subject.Measure(passes);
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(subject.Measure(passes));
            for (var i = 0; i < loops.Length; i++)
            {
                theirs[i].Add(loops[i].Measure(root, passes) ?? double.NaN);
            }
        }

        var median = Figures.Median(ours);
        output.WriteLine(
            $"{root}: {subject.Cells} cells, {passes} passes in each of {rounds} rounds, median CPU per cell");
        output.WriteLine(
            $"  CellMemoryReader  {median,7:F0} ns   {subject.AllocatedPerPass(passes):F2} bytes allocated per pass");
        for (var i = 0; i < loops.Length; i++)
        {
            var ratio = Figures.Median(ours.Zip(theirs[i]).Select(pair => pair.First / pair.Second));
            output.WriteLine($"  {loops[i].Name,-17} {Figures.Median(theirs[i]),7:F0} ns   ratio {ratio:F2}");
        }

        output.WriteLine($"  ChangeSignals     {subject.MeasureSignals(passes),7:F0} ns per look");
    }

    private static string Recorded(string scratch)
    {
        var root = Directory.CreateDirectory(Path.Combine(scratch, "numa16")).FullName;
        using var file = File.OpenRead(Path.Combine(Checkout.Root, "tests", "Hosts", "numa16", "tree.tar.gz"));
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(plain, root, overwriteFiles: true);
        return root;
    }
}
