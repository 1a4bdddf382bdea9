using System.Globalization;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Recorder.Sources.Processes;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Benchmarks.Sampling;

/// <summary>
/// A look at the QEMU processes of a host, all processes asked for their names and only the new ones: of this machine, and of a made-up /proc with
/// 1,000 processes of which ten are QEMU with 16 vCPUs each.
/// </summary>
internal static class ProcessesBenchmark
{
    private const int Processes = 1_000;
    private const int Guests = 10;
    private const int Vcpus = 16;

    public static void Run(TextWriter output)
    {
        var scratch = Directory.CreateTempSubdirectory("numa-benchmark-");
        try
        {
            Fill(scratch.FullName);
            foreach (var root in new[] { "/", scratch.FullName })
            {
                Measure(root, output);
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static void Measure(string root, TextWriter output)
    {
        var source = new QemuProcesses(root);
        var (online, cells) = (CpuSet.Range(0, 63), CpuSet.Range(0, 1));
        long Look(bool anew) => source.Read(online, cells, anew).Count;
        var all = Timing.Of(10, () => Enumerable.Range(0, 10).Sum(_ => Look(anew: true)));
        var known = Timing.Of(10, () => Enumerable.Range(0, 10).Sum(_ => Look(anew: false)));
        var count = Directory.EnumerateDirectories(Path.Combine(root, "proc")).Count(path => char.IsAsciiDigit(Path.GetFileName(path)[0]));
        output.WriteLine(
            $"{(root == "/" ? "this machine" : "made up")}: {count} processes, {Look(anew: true)} guests: every name {all.Nanoseconds / 1e6:F2} ms, new names only {known.Nanoseconds / 1e6:F2} ms a look");
    }

    private static void Fill(string root)
    {
        for (var pid = 1; pid <= Processes; pid++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, "proc", pid.ToString(CultureInfo.InvariantCulture))).FullName;
            var isGuest = pid % (Processes / Guests) == 0;
            File.WriteAllText(Path.Combine(folder, "comm"), isGuest ? "qemu-system-x86\n" : "worker\n");
            if (isGuest)
            {
                File.WriteAllText(Path.Combine(folder, "cmdline"), $"qemu\0-name\0guest{pid}\0");
                File.WriteAllText(Path.Combine(folder, "status"), Status("0-15"));
                for (var vcpu = 0; vcpu < Vcpus; vcpu++)
                {
                    var thread = Directory.CreateDirectory(Path.Combine(folder, "task", $"{(pid * 100) + vcpu}")).FullName;
                    File.WriteAllText(Path.Combine(thread, "comm"), $"CPU {vcpu}/KVM\n");
                    File.WriteAllText(Path.Combine(thread, "status"), Status($"{vcpu}"));
                }
            }
        }
    }

    private static string Status(string cpus) => $"Name:\tx\nCpus_allowed_list:\t{cpus}\nMems_allowed_list:\t0-1\n";
}
