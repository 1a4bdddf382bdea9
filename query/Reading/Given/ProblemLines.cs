using System.Text;
using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Reading.Given;

/// <summary>Questions as JSON Lines in, one answer a line out; a bad line is answered too, and the rest go on.</summary>
internal static class ProblemLines
{
    private const int Longest = 16 << 20;

    /// <summary>
    /// Answers every line. The answer says whether it is a yes and writes the members beside the id; what is wrong with a line is a
    /// JsonException.
    /// </summary>
    public static ExitCode Answer(
        TextReader input, Stream output, Func<string, (bool IsYes, Action<Utf8JsonWriter> Members)> answer, CancellationToken cancel)
    {
        var isBad = false;
        var isNo = false;
        for (var number = 1; ReadLine(input, number) is { } read; number++)
        {
            cancel.ThrowIfCancellationRequested();
            var line = number == 1 ? read.TrimStart('\uFEFF') : read;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            JsonElement? id = null;
            try
            {
                id = Id(line);
                var (isYes, members) = answer(line);
                isNo |= !isYes;
                Write(output, id, members);
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

    // What has no end is no line.
    private static string? ReadLine(TextReader input, int number)
    {
        var line = new StringBuilder();
        int next;
        while ((next = Next(input)) >= 0 && next != '\n')
        {
            line.Append((char)next);
            if (line.Length > Longest)
            {
                throw new Refusal(ExitCode.Usage, $"line {number} is longer than {Longest >> 20} MiB", "JSON Lines have one question on each line");
            }
        }

        return next < 0 && line.Length == 0 ? null : line.ToString();
    }

    private static int Next(TextReader input)
    {
        try
        {
            return input.Read();
        }
        catch (IOException error)
        {
            throw new Refusal(ExitCode.SourceUnusable, $"standard input cannot be read: {error.Message}", cause: error);
        }
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
