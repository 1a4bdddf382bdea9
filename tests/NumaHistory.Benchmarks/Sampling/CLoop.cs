using System.Diagnostics;
using System.Globalization;
using NumaHistory.Benchmarks.Support;

namespace NumaHistory.Benchmarks.Sampling;

/// <summary>
/// A C program that does the same, called <c>PROGRAM ROOT PASSES keep</c>; it prints <c>cpu_ns/cell=N</c>.
/// </summary>
internal sealed record CLoop(string Name, string Program)
{
    private const string Figure = "cpu_ns/cell=";

    /// <summary>
    /// The loops that can be run here: ours, the one beside the checkout if it is there, and one that was named.
    /// </summary>
    public static IEnumerable<CLoop> All(string? named, string scratch)
    {
        string[] sources =
        [
            Path.Combine(Checkout.Root, "tests", "NumaHistory.Benchmarks", "reference", "pread-loop.c"),
            .. Beside("shared", "tools", "workload", "sampler.c"),
        ];
        foreach (var source in sources)
        {
            var program = Path.Combine(scratch, Path.GetFileNameWithoutExtension(source));
            if (Start("cc", "-O2", "-o", program, source) is not null)
            {
                yield return new CLoop(Path.GetFileName(source), program);
            }
        }

        if (named is not null)
        {
            yield return new CLoop(Path.GetFileName(named), named);
        }
    }

    /// <summary>Processor time per cell and pass, ns; null where the program would not run.</summary>
    public double? Measure(string root, int passes)
    {
        var text = Start(Program, root == "/" ? "" : root, passes.ToString(CultureInfo.InvariantCulture), "keep");
        var word = text?.Split(' ').FirstOrDefault(part => part.StartsWith(Figure, StringComparison.Ordinal));
        return word is null ? null : double.Parse(word.AsSpan(Figure.Length), CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Beside(params string[] parts)
    {
        for (var folder = Directory.GetParent(Checkout.Root); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, .. parts]);
            if (File.Exists(path))
            {
                return [path];
            }
        }

        return [];
    }

    // What it printed; null where it could not be started or failed.
    private static string? Start(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
