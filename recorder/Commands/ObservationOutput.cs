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
    /// <summary>Prints the items on stdout, and on stderr why a document gave none.</summary>
    public static void Write(
        RecorderContext context, ParseResult parsed, IReadOnlyList<ImportItem> items, DateTimeOffset at)
    {
        var rows = items.SelectMany(Rows).ToList();
        var isGuests = items.Any(item => item.Guests is not null) && items.All(item => item.Observation is null);
        switch (Form(context, parsed))
        {
            case "json":
                var kind = isGuests ? "GuestPins" : "Observation";
                Print(context, bytes => Envelope.Write(bytes, kind, at, rows, (writer, row) => row(writer)));
                break;
            case "jsonl":
                Print(context, bytes => Envelope.WriteLines(bytes, rows, (writer, row) => row(writer)));
                break;
            default:
                WriteTables(context, parsed, items, isGuests);
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

    // Hosts before guests where both are there; a table has no room for problems.
    private static void WriteTables(RecorderContext context, ParseResult parsed, IReadOnlyList<ImportItem> items, bool isGuests)
    {
        var headers = !parsed.GetValue(context.Global.NoHeaders);
        if (!isGuests)
        {
            CellTable(items).Write(context.Out, headers);
        }

        if (isGuests || items.SelectMany(GuestTable.Guests).Any())
        {
            context.Out.Write(isGuests ? "" : "\n");
            GuestTable.Of(items).Write(context.Out, headers);
        }

        GuestNotes.Write(context, parsed, items);
    }

    // A document of a host is one item, one of guests as many as it holds.
    private static IEnumerable<Action<Utf8JsonWriter>> Rows(ImportItem item)
    {
        if (item.Error is not null)
        {
            yield return writer => WriteError(writer, item);
        }

        if (item.Observation is { } observation)
        {
            yield return writer => JsonSerializer.Serialize(writer, observation, FactJson.Default.Observation);
        }

        foreach (var guest in item.Guests ?? [])
        {
            yield return guest.Write;
        }
    }

    private static void WriteError(Utf8JsonWriter writer, ImportItem item)
    {
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
