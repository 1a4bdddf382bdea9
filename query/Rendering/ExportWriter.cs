using System.Globalization;
using NumaHistory.Schema.Contract;
using NumaHistory.Schema.Contract.Exchange;
using NumaHistory.Schema.Text;

namespace NumaHistory.Query.Rendering;

/// <summary>Events as they come, one a line: envelopes, or flat records for spreadsheets.</summary>
internal sealed class ExportWriter(Stream output, bool asCsv)
{
    private static readonly string[] Fields =
        ["position", "observedAt", "recordedAt", "type", "stream", "host", "guest", "who", "why", "data", "id"];

    /// <summary>The names of the fields; envelopes have none.</summary>
    public void Head()
    {
        if (asCsv)
        {
            output.WriteText(text => Csv.Write(text, Fields));
        }
    }

    public void Write(StoredLine line)
    {
        if (asCsv)
        {
            output.WriteText(text => Csv.Write(text, Record(line)));
            return;
        }

        Envelope.WriteLines(output, [line], EventLineJson.Write);
    }

    private static object?[] Record(StoredLine line) =>
    [
        line.Position.ToString(CultureInfo.InvariantCulture),
        TimeText.Utc(line.ObservedAt),
        line.Origin.RecordedAt is { } at ? TimeText.Micros(at) : null,
        line.Type,
        line.Stream,
        line.Host,
        line.Guest?.ToString(),
        line.Who,
        line.Why,
        line.Data ?? Convert.ToBase64String(line.Payload ?? []),
        line.Id.ToString(),
    ];
}
