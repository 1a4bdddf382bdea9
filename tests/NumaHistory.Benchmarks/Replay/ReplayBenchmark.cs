using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NumaHistory.Benchmarks.Store;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Replays;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Benchmarks.Replay;

/// <summary>
/// A year of verdicts: the replay alone, then questions to a store that holds the year, whole processes and SQL. Options: --guests N
/// (default 1,000), --events N in all (default 10,000), --hosts N (default 100), --runs N, --programs DIR with published programs.
/// </summary>
internal static class ReplayBenchmark
{
    public static void Run(Options options, TextWriter output)
    {
        var (guests, events) = (options.Number("--guests", 1_000), options.Number("--events", 10_000));
        var workload = new ReplayWorkload(guests, events, options.Number("--hosts", 100));
        var input = new ReplayInput([.. workload.Facts().Select(fact => new HistoryFact(Guid.NewGuid(), fact))]);
        output.WriteLine($"{guests} guests, {events} events after the {input.Facts.Count - events} of the first day");
        var question = new ReplayQuestion(workload.From, TimeProvider.System.GetUtcNow());
        for (var run = 0; run < Math.Min(3, options.Number("--runs", 10)); run++)
        {
            var (started, cpu, bytes) = (Stopwatch.GetTimestamp(), Figures.Cpu, GC.GetAllocatedBytesForCurrentThread());
            var stretches = Replayer.Run(input, question).Sum(guest => guest.Intervals.Count);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"replay in this process: {stretches} stretches, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s, "
                + $"{(Figures.Cpu - cpu).TotalSeconds:0.00} s of processor time, {(GC.GetAllocatedBytesForCurrentThread() - bytes) >> 20} MiB allocated"));
        }

        Ask(options, workload, output);
    }

    private static void Ask(Options options, ReplayWorkload workload, TextWriter output)
    {
        var scratch = Directory.CreateTempSubdirectory("numa-benchmark-").FullName;
        try
        {
            using var programs = new Programs.Programs(scratch) { Folder = options.Text("--programs") ?? AppContext.BaseDirectory };
            programs.StartStore();
            using var source = NpgsqlDataSource.Create(programs.Connection());
            ReplayStore.FillAsync(source, workload.Facts()).GetAwaiter().GetResult();
            using (var connection = source.OpenConnection())
            {
                var (rounds, now) = (options.Number("--runs", 10), TimeProvider.System.GetUtcNow());
                QuestionTimes.Measure(output, connection, "a host as of half a year ago", new FactsQuestion(HostFilter.Named("host7"), new When(now.AddDays(-180), null)), rounds);
                QuestionTimes.Measure(output, connection, "all facts", new HistoryQuestion(null, null, new When(now, null)), rounds);
            }

            var guest = ReplayWorkload.Guest(5).ToString();
            foreach (var words in new string[][]
            {
                ["version"], ["topology", "host7", "--at", "-180d", "-o", "json"], ["blame", guest, "-o", "json"], ["fit", "--replay", "--since", "-365d", "-o", "json"],
            })
            {
                var runs = Enumerable.Range(0, options.Number("--runs", 10)).Select(_ => programs.Ask(words)).ToList();
                output.WriteLine(
                    $"{string.Join(' ', words)}: {Figures.Median(runs.Select(run => run.Cpu.TotalMilliseconds)):0} ms of processor time, "
                    + $"{Figures.Median(runs.Select(run => run.Wall.TotalMilliseconds)):0} ms from start to end");
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
