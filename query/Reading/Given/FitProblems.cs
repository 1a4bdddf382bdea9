using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Repair;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Given;

/// <summary>Whole questions about pinnings, a FitReport for each, with what would mend it where that is asked for.</summary>
internal static class FitProblems
{
    public static ExitCode Answer(TextReader input, Stream output, bool withRepair, CancellationToken cancel) => ProblemLines.Answer(
        input,
        output,
        line =>
        {
            var question = JsonSerializer.Deserialize(line, FactJson.Default.FitProblem)!.Question();
            var report = FitCheck.Check(question);
            return (report.Verdict == Verdict.Fits, writer => RepairedJson.Members(writer, report, withRepair ? Repairer.Plan(question, report) : null));
        },
        cancel);
}
