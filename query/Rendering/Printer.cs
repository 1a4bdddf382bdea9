using System.Text.Json;
using NumaHistory.Query.Arguments;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Writes the items of an answer in the format that was asked for.</summary>
internal static class Printer
{
    public static void Print<T>(Stream output, Request request, Answer<T> answer, IRendering<T> rendering)
    {
        switch (request.Format)
        {
            case OutputFormat.Json:
                Envelope.Write(output, answer.Kind, answer.At, answer.Items, Writing(answer));
                break;
            case OutputFormat.Jsonl:
                Envelope.WriteLines(output, answer.Items, Writing(answer));
                break;
            case OutputFormat.Csv:
                output.WriteText(text => WriteCsv(text, answer.Items, rendering, request.Look.Headers));
                break;
            default:
                output.WriteText(text => rendering.Write(text, answer.Items, request.Look));
                break;
        }
    }

    private static Action<Utf8JsonWriter, T> Writing<T>(Answer<T> answer)
    {
        if (answer.WriteItem is { } write)
        {
            return write;
        }

        var type = answer.Type!();
        return (writer, item) => JsonSerializer.Serialize(writer, item, type);
    }

    private static void WriteCsv<T>(TextWriter output, IEnumerable<T> items, IRendering<T> rendering, bool headers)
    {
        if (headers)
        {
            Csv.Write(output, rendering.Fields);
        }

        foreach (var record in items.SelectMany(rendering.Records))
        {
            Csv.Write(output, record);
        }
    }
}
