using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Fit;
using NumaHistory.Schema.Repair;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Given;

/// <summary>Questions as JSON Lines in, one answer a line out; a bad line is answered too, and the rest go on.</summary>
internal static class FitProblems
{
    public static ExitCode Answer(TextReader input, Stream output, bool withRepair, CancellationToken cancel)
    {
        var isBad = false;
        var isNo = false;
        for (var number = 1; input.ReadLine() is { } line; number++)
        {
            cancel.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            JsonElement? id = null;
            try
            {
                id = Id(line);
                var question = JsonSerializer.Deserialize(line, FactJson.Default.FitProblem)!.Question();
                var report = FitCheck.Check(question);
                isNo |= report.Verdict != Verdict.Fits;
                Write(output, id, writer => RepairedJson.Members(writer, report, withRepair ? Repairer.Plan(question, report) : null));
            }
            catch (JsonException error)
            {
                isBad = true;
                Write(output, id, writer => writer.WriteString("error", $"line {number}: {JsonFault.Words(error)}"));
            }

            // Whoever asks line by line waits for the answer before asking on.
            output.Flush();
        }

        return isBad ? ExitCode.Usage : isNo ? ExitCode.No : ExitCode.Yes;
    }

    private static JsonElement? Id(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.ValueKind != JsonValueKind.Object ? throw new JsonException("the line is no object")
            : document.RootElement.TryGetProperty("id", out var id) ? id.Clone()
            : null;
    }

    private static void Write(Stream output, JsonElement? id, Action<Utf8JsonWriter> members)
    {
        Envelope.WriteLines(output, [0], (writer, _) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            if (id is { } given)
            {
                given.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }

            members(writer);
            writer.WriteEndObject();
        });
    }
}
