using Npgsql;
using NumaHistory.Benchmarks.Store;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Query.Reading.Placing;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Placement;

namespace NumaHistory.Benchmarks.Placement;

/// <summary>
/// place on a fleet of hosts x 4 cells: the question that is asked first, the whole process, and what keeping the gauge fresh costs. Options:
/// --hosts N (default 10,000), --rounds N, --runs N, --programs DIR with published programs.
/// </summary>
internal static class PlaceFleetBenchmark
{
    public static void Run(Options options, TextWriter output)
    {
        var scratch = Directory.CreateTempSubdirectory("numa-benchmark-").FullName;
        try
        {
            using var programs = new Programs.Programs(scratch) { Folder = options.Text("--programs") ?? AppContext.BaseDirectory };
            programs.StartStore();
            using var source = NpgsqlDataSource.Create(programs.Connection());
            var hosts = options.Number("--hosts", 10_000);
            PlacementFleet.MakeAsync(source, hosts).GetAwaiter().GetResult();
            output.WriteLine($"{hosts} hosts x {PlacementFleet.Cells} cells");
            Questions(source, options.Number("--rounds", 20), output);
            Processes(programs, options.Number("--runs", 9), output);
            GaugeRefresh.Measure(source, hosts, output);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Questions(NpgsqlDataSource source, int rounds, TextWriter output)
    {
        using var connection = source.OpenConnection();
        foreach (var (name, vcpus, gib) in new[] { ("selective", 30, 240L), ("broad", 16, 64L) })
        {
            foreach (var policy in Enum.GetValues<PlacementPolicy>())
            {
                foreach (var cells in new[] { 1, 2 })
                {
                    var wish = new GuestWish("g", vcpus, gib << 20, Cells: cells, Policy: policy, Limits: new FitLimits(ReserveKiB: 128 << 10, GuestOverheadKiB: 64 << 10));
                    var need = RoomNeed.Of(wish).Single();
                    QuestionTimes.Measure(output, connection, $"{name}, {policy}, {cells} cells, best 12", new RoomyHostsQuestion(wish, need, 0, 12), rounds);
                    QuestionTimes.Measure(output, connection, $"{name}, {policy}, {cells} cells, all", new RoomyHostsQuestion(wish, need, 0, 100_000), 3);
                }
            }
        }
    }

    private static void Processes(Programs.Programs programs, int runs, TextWriter output)
    {
        string[] questions =
        [
            "version",
            "cells fleet1-007",
            .. from size in new[] { "--vcpus 30 --memory 240GiB", "--vcpus 16 --memory 64GiB" }
               from policy in new[] { "closest", "pack", "spread" }
               select $"place {size} --policy {policy}",
            "place --vcpus 32 --memory 128GiB --cells 2",
            "place --vcpus 16 --memory 64GiB --cpu shared",
            "place --vcpus 16 --memory 64GiB --host fleet1-007",
            "what-fits fleet1-007",
        ];
        foreach (var question in questions)
        {
            var asked = Enumerable.Range(0, runs).Select(_ => programs.Ask(question.Split(' '))).ToList();
            output.WriteLine(
                $"{question}: {Figures.Median(asked.Select(run => run.Cpu.TotalMilliseconds)):0} ms of processor time, "
                + $"{Figures.Median(asked.Select(run => run.Wall.TotalMilliseconds)):0} ms from start to end");
        }
    }
}
