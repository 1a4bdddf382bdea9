using System.Text.Json;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;

namespace NumaHistory.Schema.Contract.Exchange;

/// <summary>
/// Reads one envelope of an export. Everything that is stored is made from the content, so an envelope whose content was changed no longer
/// has its own id and is refused with an <see cref="EventLineException"/>.
/// </summary>
public static class EventLineReader
{
    private const string Again = "export it again from the store it came from";

    /// <summary>The event of one line of UTF-8 text.</summary>
    public static EventLine Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new EventLineException(JsonFault.Words(error), "one JSON object a line, as numa-history export writes it", error);
        }
    }

    private static EventLine Read(JsonElement envelope)
    {
        if (envelope.ValueKind != JsonValueKind.Object || Text(envelope, "specversion") != "1.0")
        {
            throw new EventLineException("is not a CloudEvents 1.0 envelope", "one JSON object a line, as numa-history export writes it");
        }

        var type = Needed(envelope, "type");
        if (!type.StartsWith(EventLineJson.TypePrefix, StringComparison.Ordinal))
        {
            throw new EventLineException($"type '{type}' is not one of {EventLineJson.TypePrefix}*");
        }

        var id = Guid.TryParse(Needed(envelope, "id"), out var given) ? given : throw new EventLineException("id is not a UUID", Again);
        var fact = Fact(envelope, type[EventLineJson.TypePrefix.Length..]);
        var stream = StreamOf(fact);
        if (Needed(envelope, "source") != stream)
        {
            throw new EventLineException($"source '{Needed(envelope, "source")}' is not the stream of its content, {stream}", Again);
        }

        return EventId.Of(stream, fact) == id
            ? new EventLine(id, stream, fact, Origin(envelope))
            : throw new EventLineException($"id {id} is not that of its content: it was edited", Again);
    }

    private static IHostFact Fact(JsonElement envelope, string name)
    {
        try
        {
            var fact = name == EventNames.ByType[typeof(MemoryBlockRecorded)] ? Block(envelope)
                : envelope.TryGetProperty("data", out var data) ? EventJson.Read(name, data)
                : throw new EventLineException("has no data", Again);
            return string.IsNullOrEmpty(fact.Host) ? throw new EventLineException("its data names no host", Again) : fact;
        }
        catch (UnknownFactException unknown)
        {
            throw new EventLineException(
                $"event '{unknown.Name}' is not known to this program", "install the numa-recorder that belongs to the export", unknown);
        }
        catch (BlockFormatException fault)
        {
            throw new EventLineException($"data_base64 is not a block of samples: {fault.Message}", Again, fault);
        }
    }

    private static MemoryBlockRecorded Block(JsonElement envelope)
    {
        if (!envelope.TryGetProperty("data_base64", out var text) || text.ValueKind != JsonValueKind.String || !text.TryGetBytesFromBase64(out var payload))
        {
            throw new EventLineException("has no data_base64", Again);
        }

        var host = Needed(envelope, "source").Split('/') is ["memory", var key, _] ? key : throw new EventLineException("source is not a stream of memory blocks", Again);
        var block = BlockCodec.Decode(payload);
        return block.Samples.Count == 0
            ? throw new EventLineException("data_base64 holds no sample", Again)
            : new MemoryBlockRecorded(host, Needed(envelope, "blocksource"), block.Samples[0].At, block.Samples[^1].At, payload);
    }

    private static string StreamOf(IHostFact fact) => fact switch
    {
        MemoryBlockRecorded block => HostKey.MemoryStream(block.Host, block.ObservedAt),
        IGuestFact guest => GuestKey.StreamOf(guest),
        _ => HostKey.HostStream(fact.Host),
    };

    private static EventOrigin Origin(JsonElement envelope) => new(
        envelope.TryGetProperty("recordedat", out var at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var moment)
            ? moment.ToUniversalTime()
            : null,
        Text(envelope, "recordedby"),
        Text(envelope, "machine"),
        Text(envelope, "program"),
        Text(envelope, "databaseuser"));

    private static string Needed(JsonElement envelope, string name) =>
        Text(envelope, name) is { Length: > 0 } text ? text : throw new EventLineException($"has no {name}", Again);

    private static string? Text(JsonElement envelope, string name) =>
        envelope.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
