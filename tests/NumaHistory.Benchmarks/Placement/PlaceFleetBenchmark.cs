using System.Diagnostics;
using System.Globalization;
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
    private const int First = 12;

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
                    var order = new ScoreOrder(wish, RoomNeed.Of(wish).Single());
                    var title = $"{name}, {policy}, {cells} cells, best {First}";
                    if (order.IsByFreeShare)
                    {
                        LeftFree(connection, title, order, rounds, output);
                    }
                    else
                    {
                        QuestionTimes.Measure(output, connection, title, new ClosestHostsQuestion(order, 0, First), rounds);
                    }
                }
            }
        }
    }

    // As many questions as it takes until so many hosts are known to be the best.
    private static void LeftFree(NpgsqlConnection connection, string title, ScoreOrder order, int rounds, TextWriter output)
    {
        var (server, whole, questions, cells) = (new List<double>(), new List<double>(), 0, 0);
        for (var round = 0; round <= rounds; round++)
        {
            var all = 0.0;
            _ = new LeftFreeHosts(order, First).Parts(question =>
            {
                all += QuestionTimes.Server(connection, question);
                return QuestionTimes.Answer(connection, question);
            }).SelectMany(part => part).Take(First).Count();
            server.Add(all);
            (questions, cells) = (0, 0);
            var started = Stopwatch.GetTimestamp();
            _ = new LeftFreeHosts(order, First).Parts(question =>
            {
                var read = QuestionTimes.Answer(connection, question);
                (questions, cells) = (questions + 1, cells + read.Count);
                return read;
            }).SelectMany(part => part).Take(First).Count();
            whole.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {questions} questions, {cells} cells, {Figures.Median(server):0.00} ms in the server, planning included, {Figures.Median(whole):0.0} ms with reading and ordering them"));
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
