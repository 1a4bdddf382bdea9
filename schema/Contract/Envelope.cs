using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NumaHistory.Schema.Contract;

/// <summary>
/// The outer form of every JSON answer of both programs:
/// <c>{"apiVersion":"numahistory/v1","kind":K,"at":T,"items":[...]}</c>; JSON Lines are the items alone, one a line.
/// Text is UTF-8 and ends in a line feed.
/// </summary>
public static class Envelope
{
    /// <summary>The version of the contract that scripts may check.</summary>
    public const string ApiVersion = "numahistory/v1";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Readable = Compact with { Indented = true };

    /// <summary>Writes items of one type.</summary>
    public static void Write<T>(
        Stream output, string kind, DateTimeOffset at, IEnumerable<T> items, JsonTypeInfo<T> type) =>
        Write(output, kind, at, items, (writer, item) => JsonSerializer.Serialize(writer, item, type));

    /// <summary>Writes items that know how to be written, where one list holds several types.</summary>
    public static void Write<T>(
        Stream output, string kind, DateTimeOffset at, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using (var writer = new Utf8JsonWriter(output, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", ApiVersion);
            writer.WriteString("kind", kind);
            writer.WriteString("at", UtcJson.Text(at));
            writer.WriteStartArray("items");
            foreach (var item in items)
            {
                write(writer, item);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes the items alone, one a line.</summary>
    public static void WriteLines<T>(Stream output, IEnumerable<T> items, JsonTypeInfo<T> type) =>
        WriteLines(output, items, (writer, item) => JsonSerializer.Serialize(writer, item, type));

    /// <summary>Writes the items alone, one a line, where one list holds several types.</summary>
    public static void WriteLines<T>(Stream output, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        foreach (var item in items)
        {
            using (var writer = new Utf8JsonWriter(output, Compact))
            {
                write(writer, item);
            }

            output.WriteByte((byte)'\n');
        }
    }
}
