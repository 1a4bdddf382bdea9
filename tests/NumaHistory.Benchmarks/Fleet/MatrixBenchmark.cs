using System.Diagnostics;
using System.Globalization;
using NumaHistory.Benchmarks.Replay;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Fleet;
using NumaHistory.Schema.State;

namespace NumaHistory.Benchmarks.Fleet;

/// <summary>Every guest on every host, in this process. Options: --guests N and --hosts N (default 1,000 each), --runs N.</summary>
internal static class MatrixBenchmark
{
    public static void Run(Options options, TextWriter output)
    {
        var (guests, hosts) = (options.Number("--guests", 1_000), options.Number("--hosts", 1_000));
        var facts = new ReplayWorkload(guests, 0, hosts).Facts().ToList();
        var fleet = new FleetState(
            facts.Where(fact => fact is not IGuestFact).GroupBy(fact => fact.Host)
                .ToDictionary(host => host.Key, host => host.Aggregate(new HostState(host.Key), (state, fact) => state.After(fact))),
            facts.OfType<IGuestFact>().GroupBy(fact => fact.Guest)
                .ToDictionary(guest => guest.Key, guest => guest.Aggregate(new GuestState(guest.Key), (state, fact) => state.After(fact))));
        IReadOnlyList<GuestState> all = [.. fleet.Guests.Values];
        IReadOnlyList<string> keys = [.. fleet.Hosts.Keys];
        for (var run = 0; run < options.Number("--runs", 3); run++)
        {
            var (started, cpu, bytes) = (Stopwatch.GetTimestamp(), Figures.Cpu, GC.GetTotalAllocatedBytes());
            var cells = FleetMatrix.Of(fleet, all, keys, TimeProvider.System.GetUtcNow()).Sum(row => row.Hosts.Count);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{all.Count} guests x {keys.Count} hosts: {cells} verdicts, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s, "
                + $"{(Figures.Cpu - cpu).TotalSeconds:0.00} s of processor time, {(GC.GetTotalAllocatedBytes() - bytes) >> 20} MiB allocated"));
        }
    }
}
