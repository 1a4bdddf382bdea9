using System.Diagnostics;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Schema.Formats.DomainXml;

namespace NumaHistory.Benchmarks.Formats;

/// <summary>
/// All domain documents below a folder, once in a cold process and then warm, from bytes in memory to pins. Options: --root DIR
/// (the shared data's domains where none is given), --rounds N.
/// </summary>
internal static class DomainsBenchmark
{
    public static void Run(Options options, TextWriter output)
    {
        var root = options.Text("--root") ?? Path.Combine(Checkout.Root, "..", "shared", "data", "domains");
        var documents = Directory.EnumerateFiles(root, "*.xml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)
            .ToArray();
        var started = Stopwatch.GetTimestamp();
        var guests = Parse(documents);
        var cold = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var bytes = documents.Sum(document => (long)document.Length);
        output.WriteLine($"documents     {documents.Length}, {guests} guests, {bytes / 1024.0:F0} KiB");
        output.WriteLine($"cold          {cold,8:F2} ms for all, the code compiled with it");
        for (started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2);)
        {
            Parse(documents);
        }

        var rounds = options.Number("--rounds", 50);
        var milliseconds = new double[rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            started = Stopwatch.GetTimestamp();
            Parse(documents);
            milliseconds[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)rounds;
        output.WriteLine($"warm          {Figures.Median(milliseconds),8:F2} ms for all, {milliseconds.Max():F2} ms at the most");
        output.WriteLine($"allocated     {allocated / documents.Length / 1024,8:F1} KiB per document");
    }

    private static int Parse(byte[][] documents)
    {
        var guests = 0;
        foreach (var document in documents)
        {
            guests += DomainDocuments.Parse(document).Guests.Count;
        }

        return guests;
    }
}
