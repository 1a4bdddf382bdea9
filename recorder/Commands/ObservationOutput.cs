using System.CommandLine;
using System.Text;
using System.Text.Json;
using NumaHistory.Recorder.Sources;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Text;

namespace NumaHistory.Recorder.Commands;

/// <summary>
/// Prints observations that are not recorded: the envelope of CLI.md unless another form is asked for.
/// </summary>
internal static class ObservationOutput
{
    private const string Kind = "Observation";

    /// <summary>Prints the items on stdout, and on stderr why a document gave none.</summary>
    public static void Write(
        RecorderContext context, ParseResult parsed, IReadOnlyList<ImportItem> items, DateTimeOffset at)
    {
        switch (Form(context, parsed))
        {
            case "json":
                Print(context, bytes => Envelope.Write(bytes, Kind, at, items, WriteItem));
                break;
            case "jsonl":
                Print(context, bytes => Envelope.WriteLines(bytes, items, WriteItem));
                break;
            default:
                CellTable(items).Write(context.Out, !parsed.GetValue(context.Global.NoHeaders));
                break;
        }
    }

    /// <summary>The form that is asked for; refuses before anything is read.</summary>
    public static string Form(RecorderContext context, ParseResult parsed)
    {
        if (parsed.GetResult(context.Global.Output) is null or { Implicit: true })
        {
            return "json";
        }

        var form = parsed.GetValue(context.Global.Output)!;
        return form != "csv"
            ? form
            : throw new Refusal(ExitCode.Usage, "-o csv: an observation is no table", "-o json, jsonl or table");
    }

    private static void WriteItem(Utf8JsonWriter writer, ImportItem item)
    {
        if (item.Observation is { } observation)
        {
            JsonSerializer.Serialize(writer, observation, FactJson.Default.Observation);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("file", item.File);
        writer.WriteString("error", item.Error);
        writer.WriteEndObject();
    }

    private static void Print(RecorderContext context, Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        write(bytes);
        context.Out.Write(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private static Table CellTable(IReadOnlyList<ImportItem> items)
    {
        var table = new Table(
            new Column("host"), new Column("cell"), new Column("cpus"), new Column("total", true),
            new Column("free", true),
            new Column("reclaimable", true));
        foreach (var observation in items.Select(item => item.Observation).OfType<Schema.Observing.Observation>())
        {
            var memory = observation.Memory?.Cells.ToDictionary(cell => cell.Id);
            foreach (var cell in observation.Topology?.Cells ?? [])
            {
                var sample = memory?.GetValueOrDefault(cell.Id);
                table.Row(
                    observation.Host, cell.Id, cell.Cpus?.ToString(), Size(cell.MemoryKiB), Size(sample?.FreeKiB),
                    Size(sample?.ReclaimableKiB));
            }
        }

        return table;
    }

    private static string? Size(long? sizeKiB) => sizeKiB is { } size ? MemorySize.Human(size) : null;
}
