using System.Diagnostics;
using System.Globalization;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Benchmarks.Workload;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Replays;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Observing;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Replay;

namespace NumaHistory.Benchmarks.Replay;

/// <summary>
/// When would a guest have fitted, in a year of a fleet: the replay alone, with memory that moves every hour, and what it costs to make the hours out of
/// samples. Options: --guests N (default 1,000), --events N (default 10,000), --hosts N (default 100).
/// </summary>
internal static class PlacementReplayBenchmark
{
    private const int Cells = 4;
    private const long GiB = 1 << 20;

    public static void Run(Options options, TextWriter output)
    {
        var workload = new ReplayWorkload(options.Number("--guests", 1_000), options.Number("--events", 10_000), options.Number("--hosts", 100));
        var input = new ReplayInput([.. workload.Facts().Select(fact => new HistoryFact(Guid.NewGuid(), fact))]);
        foreach (var policy in Enum.GetValues<PlacementPolicy>())
        {
            var wish = new GuestWish("new", 8, 32 * GiB, Policy: policy, Limits: new FitLimits(ReserveKiB: 128 << 10, GuestOverheadKiB: 64 << 10));
            var question = new PlacementQuestion(wish, workload.From, TimeProvider.System.GetUtcNow());
            var (hours, made) = (0, TimeSpan.Zero);
            var (started, cpu) = (Stopwatch.GetTimestamp(), Figures.Cpu);
            var found = PlacementReplay.Run(input, question, host =>
            {
                var from = Stopwatch.GetTimestamp();
                var year = Year(host, question);
                (hours, made) = (hours + year.Count, made + Stopwatch.GetElapsedTime(from));
                return year;
            });
            var fleet = FleetPlacements.Of(found, question.Until, key => key);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{policy}: {found.Count} hosts, {hours} hours of memory, {found.Sum(host => host.Stretches.Count)} stretches, any host {fleet.Share:0.00}: "
                + $"{(Stopwatch.GetElapsedTime(started) - made).TotalSeconds:0.00} s, {(Figures.Cpu - cpu - made).TotalSeconds:0.00} s of processor time"));
        }

        Minima(output);
    }

    // A day of one host at 10 s.
    private static void Minima(TextWriter output)
    {
        var blocks = StandardWorkload.Blocks(1).Select(block => new BlockRow("h1", "sysfs", block.Samples[0].At, TimeSpan.FromSeconds(10), BlockCodec.Encode(block))).ToList();
        for (var run = 0; run < 3; run++)
        {
            var cpu = Figures.Cpu;
            var hours = HourMinima.Of(blocks, null, DateTimeOffset.MaxValue).Count;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"hours out of a day of samples, {Cells} cells at 10 s: {hours} hours, {(Figures.Cpu - cpu).TotalMilliseconds:0.0} ms of processor time"));
        }
    }

    private static List<HourMemory> Year(string host, PlacementQuestion question)
    {
        var random = new SplitMix64((ulong)host.Sum(letter => letter));
        var free = new long[Cells];
        Array.Fill(free, 40 * GiB);
        var hours = new List<HourMemory>();
        for (var at = HourMinima.Hour(question.Since); at < question.Until; at = at.AddHours(1))
        {
            for (var cell = 0; cell < Cells; cell++)
            {
                free[cell] = Math.Clamp(free[cell] + (long)(random.Next() % (ulong)(4 * GiB)) - (2 * GiB), 0, 60 * GiB);
            }

            hours.Add(new HourMemory(at, new ObservedMemory([.. free.Select((kib, cell) => new CellMemory(cell, 64 * GiB, kib, GiB))])));
        }

        return hours;
    }
}
