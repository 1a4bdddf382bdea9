using NumaHistory.Benchmarks.Support;

namespace NumaHistory.Benchmarks.Programs;

/// <summary>One `numa-history fit --domain --topology`, whole process. Options: --runs N, --programs DIR with published programs.</summary>
internal static class FitProgramBenchmark
{
    private const string Guest = """
        <domain type='kvm'><name>g</name><memory unit='MiB'>500</memory><vcpu>2</vcpu>
        <cputune><vcpupin vcpu='0' cpuset='2'/><vcpupin vcpu='1' cpuset='3'/></cputune>
        <numatune><memory mode='strict' nodeset='1'/></numatune></domain>
        """;

    public static void Run(Options options, TextWriter output)
    {
        var scratch = Directory.CreateTempSubdirectory("numa-benchmark-").FullName;
        try
        {
            var domain = Path.Combine(scratch, "guest.xml");
            File.WriteAllText(domain, Guest);
            var capture = Path.Combine(Checkout.Root, "tests", "Hosts", "dynamic-0-boot", "tree.tar.gz");
            var programs = new Programs(scratch) { Folder = options.Text("--programs") ?? AppContext.BaseDirectory };
            foreach (var question in new string[][] { ["version"], ["fit", "--domain", domain, "--topology", capture] })
            {
                var runs = Enumerable.Range(0, options.Number("--runs", 15)).Select(_ => programs.Ask(question)).ToList();
                output.WriteLine(
                    $"{question[0]}: {Figures.Median(runs.Select(run => run.Cpu.TotalMilliseconds)):0} ms of processor time, "
                    + $"{Figures.Median(runs.Select(run => run.Wall.TotalMilliseconds)):0} ms from start to end");
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
