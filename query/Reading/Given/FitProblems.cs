using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Given;

/// <summary>Whole questions about pinnings, a FitReport for each.</summary>
internal static class FitProblems
{
    public static ExitCode Answer(TextReader input, Stream output, CancellationToken cancel) => ProblemLines.Answer(
        input,
        output,
        line =>
        {
            var report = FitCheck.Check(JsonSerializer.Deserialize(line, FactJson.Default.FitProblem)!.Question());
            return (report.Verdict == Verdict.Fits, writer => Members(writer, report));
        },
        cancel);

    private static void Members(Utf8JsonWriter writer, FitReport report)
    {
        foreach (var member in JsonSerializer.SerializeToElement(report, FactJson.Default.FitReport).EnumerateObject())
        {
            member.WriteTo(writer);
        }
    }
}
