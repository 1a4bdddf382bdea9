using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Query.Reading;
using NumaHistory.Query.Reading.Guests;

namespace NumaHistory.Benchmarks.Store;

/// <summary>
/// What the store spends on questions about guests, by its own account, and how long they take with reading the rows. Options: --guests N
/// (default 10,000), --events N for each (default 100), --rounds N, --programs DIR.
/// </summary>
internal static partial class GuestQuestionsBenchmark
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
            Measure(output, connection, "pins of all", new PinsQuestion(null, null), rounds);
            Measure(output, connection, "pins of one guest", new PinsQuestion(one, null), rounds);
            Measure(output, connection, "history of one guest", new EventsQuestion(new HistoryScope(null, one), new EventFilter(null, null, null, null, false, null)), rounds);
            Measure(output, connection, "guests of one host as facts", new GuestFactsQuestion("host7", When.Now), rounds);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Measure<T>(TextWriter output, NpgsqlConnection connection, string name, IQuestion<IReadOnlyList<T>> question, int rounds)
    {
        var (server, whole, rows) = (new List<double>(), new List<double>(), 0);
        for (var round = 0; round <= rounds; round++)
        {
            var asked = question.Ask();
            asked.CommandText = $"explain (analyze, timing off) {asked.CommandText}";
            server.Add(Ask(connection, asked, reader => Milliseconds(reader)));
            var started = Stopwatch.GetTimestamp();
            rows = Ask(connection, question.Ask(), reader => question.Read(reader).Count);
            whole.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {rows} rows, {Figures.Median(server):0.00} ms in the server, planning included, {Figures.Median(whole):0.0} ms with reading them"));
    }

    private static T Ask<T>(NpgsqlConnection connection, NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read)
    {
        using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        using var reader = batch.ExecuteReader();
        return read(reader);
    }

    private static double Milliseconds(NpgsqlDataReader reader)
    {
        var sum = 0.0;
        while (reader.Read())
        {
            if (Times().Match(reader.GetString(0)) is { Success: true } time)
            {
                sum += double.Parse(time.Groups[1].Value, CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }

    [GeneratedRegex(@"(?:Planning|Execution) Time: ([\d.]+) ms")]
    private static partial Regex Times();
}
