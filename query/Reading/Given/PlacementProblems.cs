using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Placement;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Given;

/// <summary>Whole questions of placement, a PlacementAnswer for each.</summary>
internal static class PlacementProblems
{
    public static ExitCode Answer(TextReader input, Stream output, CancellationToken cancel) => ProblemLines.Answer(
        input,
        output,
        line =>
        {
            var answer = Placer.Place(JsonSerializer.Deserialize(line, PlacementJson.Default.PlacementProblem)!.Request());
            // What a score is made of is told by --explain.
            return (answer.Fits, writer => Members(writer, answer with { Candidates = [.. answer.Candidates.Select(one => one with { ScoreParts = null })] }));
        },
        cancel);

    private static void Members(Utf8JsonWriter writer, PlacementAnswer answer)
    {
        foreach (var member in JsonSerializer.SerializeToElement(answer, PlacementJson.Default.PlacementAnswer).EnumerateObject())
        {
            member.WriteTo(writer);
        }
    }
}
