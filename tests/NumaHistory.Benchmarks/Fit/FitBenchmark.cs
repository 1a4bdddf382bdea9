using NumaHistory.Benchmarks.Support;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Benchmarks.Fit;

/// <summary>Pure fit checks a second on one core, with what each allocates.</summary>
internal static class FitBenchmark
{
    private const int Guests = 1_000;

    public static void Run(TextWriter output)
    {
        var (host, same, other) = (FitWorkload.Host(128, 4), FitWorkload.Host(128, 4), FitWorkload.Host(128, 4, "B"));
        Time(output, "8 vCPUs on 4 cells, 128 CPUs", Guests, Questions(Guests, 8, 128, 4, host, same));
        Time(output, "the same, structure changed under the pins", Guests, Questions(Guests, 8, 128, 4, host, other));
        var first = Questions(Guests, 8, 128, 4, host, same);
        var (nanoseconds, bytes) = Timing.Of(Guests, () => first.Sum(question =>
            (long)FitCheck.Check(question with { Guest = question.Guest with { State = null } }).Verdict));
        Say(output, "the same, each guest seen for the first time", nanoseconds, bytes);
        foreach (var (cpus, cells) in new[] { (1_024, 64), (4_096, 256) })
        {
            var large = FitWorkload.Host(cpus, cells);
            Time(output, $"8 vCPUs on {cells} cells, {cpus} CPUs", Guests, Questions(Guests, 8, cpus, cells, large, large));
        }
    }

    private static List<FitQuestion> Questions(int count, int vcpus, int cpus, int cells, HostTopology host, HostTopology context)
    {
        var memory = FitWorkload.Question(FitWorkload.Guest(0, vcpus, cpus, cells), host, context).Host;
        return [.. Enumerable.Range(0, count).Select(number => FitWorkload.Question(FitWorkload.Guest(number, vcpus, cpus, cells), host, context) with { Host = memory })];
    }

    private static void Time(TextWriter output, string what, int count, List<FitQuestion> questions)
    {
        var (nanoseconds, bytes) = Timing.Of(count, () => questions.Sum(question => (long)FitCheck.Check(question).Verdict));
        Say(output, what, nanoseconds, bytes);
    }

    private static void Say(TextWriter output, string what, double nanoseconds, double bytes) =>
        output.WriteLine($"{what,-46} {1e9 / nanoseconds,12:N0} checks/s, {nanoseconds,8:N0} ns and {bytes:N0} bytes each");
}
