using NumaHistory.Benchmarks.Fit;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Schema.Formats.TopologyXml;

namespace NumaHistory.Benchmarks.Formats;

/// <summary>Parsing all capabilities documents of a folder, and one large topology. Option: --data DIR, the shared data.</summary>
internal static class TopologiesBenchmark
{
    public static void Run(Options options, TextWriter output)
    {
        var data = options.Text("--data") ?? Path.Combine(Checkout.Root, "..", "shared", "data");
        Time(output, "capabilities", Files(data, "capabilities"), bytes => TopologyDocuments.Parse(bytes).Topology?.Cells?.Count ?? 0);
        using var large = new StringWriter();
        TopologyPrinter.Write(large, FitWorkload.Host(4_096, 256));
        Time(output, "4,096-CPU topology", [System.Text.Encoding.UTF8.GetBytes(large.ToString())], bytes => TopologyDocuments.Parse(bytes).Topology!.Cells!.Count);
    }

    private static List<byte[]> Files(string data, string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(data, folder), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static void Time(TextWriter output, string what, List<byte[]> files, Func<byte[], int> parse)
    {
        var (nanoseconds, bytes) = Timing.Of(1, () => files.Sum(file => (long)parse(file)));
        output.WriteLine(
            $"{files.Count} {what} document{(files.Count == 1 ? "" : "s")}, {files.Sum(file => file.Length) / 1024:N0} KiB: {nanoseconds / 1e6:F1} ms, {bytes / 1e6:F1} MB allocated");
    }
}
