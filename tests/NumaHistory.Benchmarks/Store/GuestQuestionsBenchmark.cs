using Npgsql;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;

namespace NumaHistory.Benchmarks.Store;

/// <summary>
/// What the store spends on questions about guests, by its own account, and how long they take with reading the rows. Options: --guests N
/// (default 10,000), --events N for each (default 100), --rounds N, --programs DIR.
/// </summary>
internal static class GuestQuestionsBenchmark
{
    public static void Run(Options options, TextWriter output)
    {
        var scratch = Directory.CreateTempSubdirectory("numa-benchmark-").FullName;
        try
        {
            using var programs = new Programs.Programs(scratch) { Folder = options.Text("--programs") ?? AppContext.BaseDirectory };
            programs.StartStore();
            using var source = NpgsqlDataSource.Create(programs.Connection());
            var (guests, events) = (options.Number("--guests", 10_000), options.Number("--events", 100));
            GuestStore.Make(source, guests, events);
            output.WriteLine($"{guests} guests, {(long)guests * events} events");
            using var connection = source.OpenConnection();
            var one = Guid.Parse("00000000-0000-4000-8000-0000000000aa");
            var rounds = options.Number("--rounds", 20);
            QuestionTimes.Measure(output, connection, "pins of all", new PinsQuestion(null, null), rounds);
            QuestionTimes.Measure(output, connection, "pins of one guest", new PinsQuestion(one, null), rounds);
            QuestionTimes.Measure(output, connection, "history of one guest", new EventsQuestion(new HistoryScope(null, one), new EventFilter(null, null, null, null, false, null)), rounds);
            QuestionTimes.Measure(output, connection, "guests of one host as facts", new GuestFactsQuestion(HostFilter.Named("host7"), When.Now), rounds);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
