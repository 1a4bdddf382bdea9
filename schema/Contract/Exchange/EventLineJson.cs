using System.Text;
using System.Text.Json;
using NumaHistory.Schema.Text;

namespace NumaHistory.Schema.Contract.Exchange;

/// <summary>
/// An event as one CloudEvents 1.0 envelope: source is its stream, time when it was observed, sequence its position in the store that
/// wrote it; recordedat, recordedby, machine, program and databaseuser tell how it was first recorded, also of an imported event.
/// </summary>
public static class EventLineJson
{
    /// <summary>What stands before the stored name in <c>type</c>.</summary>
    public const string TypePrefix = "io.numahistory.";

    /// <summary>Writes one event.</summary>
    public static void Write(Utf8JsonWriter writer, StoredLine line)
    {
        writer.WriteStartObject();
        writer.WriteString("specversion", "1.0");
        writer.WriteString("id", line.Id);
        writer.WriteString("source", line.Stream);
        writer.WriteString("type", TypePrefix + line.Type);
        writer.WriteString("time", UtcJson.Text(line.ObservedAt));
        writer.WriteString("sequence", CellText.Of(line.Position));
        Attribute(writer, "host", line.Host);
        Attribute(writer, "guest", line.Guest?.ToString());
        Attribute(writer, "blocksource", line.Source);
        Attribute(writer, "who", line.Who);
        Attribute(writer, "why", line.Why);
        Attribute(writer, "recordedat", line.Origin.RecordedAt is { } at ? TimeText.Micros(at) : null);
        Attribute(writer, "recordedby", line.Origin.User);
        Attribute(writer, "machine", line.Origin.Machine);
        Attribute(writer, "program", line.Origin.Program);
        Attribute(writer, "databaseuser", line.Origin.DatabaseUser);
        if (line.Data is { } data)
        {
            writer.WriteString("datacontenttype", "application/json");
            writer.WritePropertyName("data");
            Compact(writer, data);
        }
        else
        {
            writer.WriteString("datacontenttype", "application/octet-stream");
            writer.WriteBase64String("data_base64", line.Payload);
        }

        writer.WriteEndObject();
    }

    // An attribute of an envelope is left out where there is nothing to say: CloudEvents has no null.
    private static void Attribute(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    // The database prints blanks between members, and could print line feeds.
    private static void Compact(Utf8JsonWriter writer, string data)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(data));
        document.RootElement.WriteTo(writer);
    }
}
