using System.Diagnostics;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Recorder.Sources.Libvirt;

namespace NumaHistory.Benchmarks.Libvirt;

/// <summary>
/// Looks at a host of libvirt's test driver, which answers inside this process: the first one, and later ones in
/// which nothing has changed. Options: --guests N, --vcpus N, --rounds N.
/// </summary>
internal static class LibvirtBenchmark
{
    public static void Run(Options options, TextWriter output)
    {
        var (guests, vcpus) = (options.Number("--guests", 500), options.Number("--vcpus", 16));
        var file = Path.Combine(Directory.CreateTempSubdirectory("numa-benchmark-").FullName, "host.xml");
        try
        {
            File.WriteAllText(file, TestHostFile.Text(guests, vcpus));
            output.WriteLine($"test driver file, {guests} guests x {vcpus} vCPUs, CPU with the driver in it");
            Measure(file, options.Number("--rounds", 20), output);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static void Measure(string file, int rounds, TextWriter output)
    {
        var session = new LibvirtSession($"test://{file}", TimeProvider.System);
        var source = new LibvirtSource(session, null, TimeProvider.System);

        // The driver reads its file when it is connected to; that is the daemon's work elsewhere.
        var opened = Cpu(() => session.AskAsync(connection => connection.IsAlive, default).GetAwaiter().GetResult());
        var first = Cpu(() => Look(source));
        var later = Enumerable.Range(0, rounds).Select(_ => Cpu(() => Look(source))).ToList();
        output.WriteLine($"  connecting          {opened,7:F1} ms   (the driver parses its file)");
        output.WriteLine($"  first look          {first,7:F1} ms   goal 400");
        var again = Enumerable.Range(0, rounds)
            .Select(_ => Cpu(() => Look(new LibvirtSource(session, null, TimeProvider.System))));
        var bare = Enumerable.Range(0, rounds)
            .Select(_ => Cpu(() => session.AskAsync(BareCalls.Make, default).GetAwaiter().GetResult()));
        output.WriteLine($"  first of a new one  {Figures.Median(again),7:F1} ms   (all is parsed, by compiled code)");
        output.WriteLine($"  later, unchanged    {Figures.Median(later),7:F1} ms   goal 100");
        output.WriteLine($"  of which libvirt    {Figures.Median(bare),7:F1} ms   (the same calls, answers unused)");
        session.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static void Look(LibvirtSource source) => source.ReadAsync(default).GetAwaiter().GetResult();

    private static double Cpu(Action work)
    {
        var before = Figures.Cpu;
        work();
        return (Figures.Cpu - before).TotalMilliseconds;
    }
}
