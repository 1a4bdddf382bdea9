using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NumaHistory.Benchmarks.Support;
using NumaHistory.Query.Reading;

namespace NumaHistory.Benchmarks.Store;

/// <summary>What a question costs the store by its own account, and how long it takes with reading the rows.</summary>
internal static partial class QuestionTimes
{
    public static void Measure<T>(TextWriter output, NpgsqlConnection connection, string name, IQuestion<IReadOnlyList<T>> question, int rounds)
    {
        var (server, whole, rows) = (new List<double>(), new List<double>(), 0);
        for (var round = 0; round <= rounds; round++)
        {
            server.Add(Server(connection, question));
            var started = Stopwatch.GetTimestamp();
            rows = Answer(connection, question).Count;
            whole.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {rows} rows, {Figures.Median(server):0.00} ms in the server, planning included, {Figures.Median(whole):0.0} ms with reading them"));
    }

    /// <summary>Milliseconds of planning and execution.</summary>
    public static double Server<T>(NpgsqlConnection connection, IQuestion<T> question)
    {
        var asked = question.Ask();
        asked.CommandText = $"explain (analyze, timing off) {asked.CommandText}";
        return Ask(connection, asked, Milliseconds);
    }

    public static T Answer<T>(NpgsqlConnection connection, IQuestion<T> question) => Ask(connection, question.Ask(), question.Read);

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
