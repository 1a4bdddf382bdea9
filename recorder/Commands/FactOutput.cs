using System.CommandLine;
using System.Text;
using System.Text.Json;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Events;
using NumaHistory.Schema.Memory;
using NumaHistory.Schema.Text;
using NumaHistory.Schema.Topology;

namespace NumaHistory.Recorder.Commands;

/// <summary>Prints facts as history does, without what the store adds: position and when it was recorded.</summary>
internal static class FactOutput
{
    public static void Write(RecorderContext context, ParseResult parsed, string form, IReadOnlyList<IHostFact> facts)
    {
        switch (form)
        {
            case "json":
                Print(context, bytes => Envelope.Write(bytes, "History", context.Clock.GetUtcNow(), facts, Write));
                break;
            case "jsonl":
                Print(context, bytes => Envelope.WriteLines(bytes, facts, Write));
                break;
            default:
                Table(facts).Write(context.Out, !parsed.GetValue(context.Global.NoHeaders));
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, IHostFact fact)
    {
        writer.WriteStartObject();
        writer.WriteString("observedAt", TimeText.Utc(fact.ObservedAt));
        writer.WriteString("type", EventNames.Of(fact));
        writer.WriteString("host", fact.Host);
        writer.WriteString("guest", (fact as IGuestFact)?.Guest.ToString());
        writer.WriteString("who", Claim(fact).Who);
        writer.WriteString("why", Claim(fact).Why);
        writer.WritePropertyName("data");
        if (fact is MemoryBlockRecorded block)
        {
            WriteExtent(writer, block);
        }
        else
        {
            writer.WriteRawValue(EventJson.Write(fact));
        }

        writer.WriteEndObject();
    }

    // The samples themselves are binary.
    private static void WriteExtent(Utf8JsonWriter writer, MemoryBlockRecorded block)
    {
        var header = BlockCodec.ReadHeader(block.Payload.Span);
        writer.WriteStartObject();
        writer.WriteString("source", block.Source);
        writer.WriteString("until", TimeText.Utc(block.Until));
        writer.WriteNumber("samples", header.Count);
        writer.WriteString("cells", CpuSet.Of(header.Cells.Select(cell => cell.Id)).ToString());
        writer.WriteNumber("bytes", block.Payload.Length);
        writer.WriteEndObject();
    }

    private static Table Table(IReadOnlyList<IHostFact> facts)
    {
        var table = new Table("observed", "type", "host", "guest", "who", "why");
        foreach (var fact in facts)
        {
            table.Row(TimeText.Utc(fact.ObservedAt), EventNames.Of(fact), fact.Host, (fact as IGuestFact)?.Name, Claim(fact).Who ?? "", Claim(fact).Why ?? "");
        }

        return table;
    }

    private static (string? Who, string? Why) Claim(IHostFact fact) => fact switch
    {
        PinningDecided decided => (decided.By, decided.Why),
        PinningReleased released => (released.By, released.Why),
        PlanWithdrawn withdrawn => (withdrawn.By, withdrawn.Why),
        MoveDeclared moved => (moved.By, moved.Why),
        _ => (null, null),
    };

    private static void Print(RecorderContext context, Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        write(bytes);
        context.Out.Write(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }
}
